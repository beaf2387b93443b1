import type { Case } from '../model/case.js';
import type { Status } from '../model/result.js';
export interface Judgement {
    status: Exclude<Status, 'error'>;
    /** Why it is not passed, each a phrase; empty where it is. */
    reasons: string[];
}
/**
 * Decides whether what was observed is what the scenario says. Never a guess: where the evidence that an expectation asks for is missing
 * or in doubt, the verdict is inconclusive.
 */
export declare function judge(c: Case): Judgement;
