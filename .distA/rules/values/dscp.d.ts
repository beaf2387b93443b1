import type { OptionRow } from '../extension.js';
/** A number and a class, both written as the number. */
export declare function dscpOptions(flag: string, negatable: boolean): OptionRow[];
