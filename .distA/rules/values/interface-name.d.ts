import type { Negatable } from '../../model/rule.js';
/** The interface of -i or -o; a "+" at the end stands for any rest, and alone for any interface, which is null. */
export declare function interfaceName(text: string, negated: boolean): Negatable | null;
