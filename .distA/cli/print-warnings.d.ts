import type { Scenario } from '../model/scenario.js';
/** A line a warning on standard error; scenarios with one rule set have the same ones. */
export declare function printWarnings(scenarios: Scenario[]): void;
