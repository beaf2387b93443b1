import type { Result, RuleResult, ScenarioResult } from '../model/result.js';
export interface Coverage {
    /** Entries that have a counter, and how many of them at least one packet reached. An entry without one (-N, a policy of ACCEPT) does not count. */
    counted: number;
    reached: number;
    /** 0–100; 100 where no entry has a counter, for then none was left out. */
    percent: number;
    /** What no packet reached, by scenario; scenarios that reached all are left out. */
    unreached: {
        scenario: ScenarioResult;
        rules: RuleResult[];
    }[];
}
/** How much of their rules the probes of a run reached. */
export declare function getCoverage({ scenarios }: Result): Coverage;
