import type { Scenario } from '../model/scenario.js';
import type { Selection } from './select-scenarios.js';
/** @throws UsageError where a selection leaves nothing: a run without a probe would pass for a run that passed */
export declare function assertSelected(selected: Scenario[], all: Scenario[], { tags, grep }: Selection): void;
