import type { Case } from '../model/case.js';
/** Tells in words what the evidence says. */
export declare function explain(c: Case): string;
