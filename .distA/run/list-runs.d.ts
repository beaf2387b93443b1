import type { Backend } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
export interface Run {
    scenario: Scenario;
    backend: Backend;
}
/**
 * A scenario runs once on each back end: its own, or those that are chosen instead. A back end says whose iptables holds the rules; a rule
 * set for nft itself has none, so it runs once, whatever is chosen.
 */
export declare function listRuns(scenarios: Scenario[], chosen: Backend[] | undefined): Run[];
