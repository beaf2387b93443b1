import type { Flow, ProbePlan } from '../model/plan.js';
import type { Scenario } from '../model/scenario.js';
/**
 * Joins the batches of a phase to flows. Those that people have asked for ("parallel") stay as they are. Single probes go in turn without
 * waiting for each other where none can change what another sees: not with rules that depend on time, rate or history; not on connections
 * that stay open, from ports that a client has for its own, or to real programs, which may serve one client at a time; and not where there
 * are interfaces, whose packets are processed later than they are sent.
 */
export declare function makeFlows(batches: ProbePlan[][], scenario: Scenario, isHistoryDependent: boolean): Flow[];
