import type { Scenario } from '../model/scenario.js';
/** @throws SpecError where a scenario would run a program of its own and the caller has not said that it may */
export declare function assertCommandsAllowed(scenarios: Scenario[]): void;
