import type { Case } from '../model/case.js';
export declare function advise(c: Case): string | null;
