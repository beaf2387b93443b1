import type { PlainParser } from '../extension.js';
/** A type by number or name, or TYPE/CODE; canonical by numbers. */
export declare function icmpType(names: Record<string, string>): PlainParser;
