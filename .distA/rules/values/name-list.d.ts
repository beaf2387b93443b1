import type { PlainParser } from '../extension.js';
/**
 * Names separated by commas, in any case and any order; canonical is the order of `names`, which is that of iptables-save, each once.
 * iptables takes abbreviations (NE for NEW); these are refused. A name in `alone` must be the only one.
 */
export declare function nameList(what: string, names: readonly string[], alone?: readonly string[]): PlainParser;
