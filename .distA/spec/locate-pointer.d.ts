import type { MemberNode, ValueNode } from '@humanwhocodes/momoa';
import type { Position } from '../model/diagnostic.js';
/** A JSON pointer's last step (RFC 6901). */
export declare function joinPointer(pointer: string, key: string | number): string;
/** Where the value of a pointer stands, or its key. Of a key that is written twice the last is meant, as in JSON.parse. */
export declare function locatePointer(root: ValueNode, pointer: string, at?: 'value' | 'key'): Position;
/** The name of a member; an identifier is JSON5's and does not occur. */
export declare function getKey(name: MemberNode['name']): string;
