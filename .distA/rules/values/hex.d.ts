import type { PlainParser } from '../extension.js';
/** A number from 0 to most, decimal or hexadecimal. No leading zero: iptables reads 010 as 8. */
export declare function readNumber(what: string, text: string, most: number): number;
export declare function toHex(number: number, digits?: number): string;
/** A number in either notation; canonical is hexadecimal of at least so many digits. */
export declare function hex(what: string, most: number, digits?: number): PlainParser;
