import type { Observed } from '../model/evidence.js';
import type { CheckedEvidence } from '../plan/checked-evidence.js';
import type { Backend, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
/** @param checked the evidence of each rule set, in order */
export declare function makeScenarioResult(scenario: Scenario, backend: Backend, { controls, replies, counters: counted }: Observed, checked: CheckedEvidence[], durationMs: number): ScenarioResult;
/** A scenario that loopfw could not bring to its end: no probe of it has a verdict. */
export declare function makeErrorResult(scenario: Scenario, backend: Backend, error: unknown, durationMs: number): ScenarioResult;
