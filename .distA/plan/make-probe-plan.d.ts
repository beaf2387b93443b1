import type { ProbePlan, Provable } from '../model/plan.js';
import type { Family } from '../model/rule.js';
import type { ProbeSpec, Scenario } from '../model/scenario.js';
export declare function makeProbePlan(scenario: Scenario, probe: ProbeSpec, provable: Provable, sharedPorts: Set<string>): ProbePlan;
export declare function getFamily({ from }: Pick<ProbeSpec, 'from'>): Family;
/** The fixed client ports from which more than one probe comes. */
export declare function findSharedPorts(scenario: Scenario): Set<string>;
