import type { PlainParser } from '../extension.js';
/** A decimal number from least to most. No hexadecimal and no leading zero: iptables reads 010 as 8. */
export declare function integer(what: string, least: number, most: number): PlainParser;
