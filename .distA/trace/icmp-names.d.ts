import type { IcmpName } from '../model/result.js';
import type { Family } from '../model/rule.js';
/** What an ICMP message is to a probe. */
export type IcmpKind = 'echo-request' | 'echo-reply' | 'solicitation' | 'advertisement' | 'error' | 'other';
export declare function getIcmpKind(family: Family, type: number): IcmpKind;
export declare function getIcmpName(family: Family, type: number, code: number): IcmpName | null;
