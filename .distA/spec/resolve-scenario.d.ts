import type { Scenario } from '../model/scenario.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { RulesetFiles } from './ruleset-files.js';
/** Checks what the schema cannot see, and builds the scenario; null where anything in it is wrong. */
export declare function resolveScenario(place: Place, files: RulesetFiles, problems: ProblemList): Scenario | null;
