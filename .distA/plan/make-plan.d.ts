import type { Backend } from '../model/result.js';
import type { Patience, Plan } from '../model/plan.js';
import type { Scenario } from '../model/scenario.js';
/** Turns a scenario into what the sandbox is told: the world, servers, and phase by phase the text for the restore commands and the probes. */
export declare function makePlan(scenario: Scenario, backend: Backend, patience: Patience): Plan;
