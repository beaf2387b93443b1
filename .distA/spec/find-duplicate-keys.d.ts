import type { ValueNode } from '@humanwhocodes/momoa';
import type { ProblemList } from './problem-list.js';
/** Reports every key that an object has already had, where it stands again: JSON.parse would forget the first. */
export declare function findDuplicateKeys(node: ValueNode, problems: ProblemList, pointer?: string): void;
