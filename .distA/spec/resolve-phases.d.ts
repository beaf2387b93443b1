import type { Phase } from '../model/scenario.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { RulesetFiles } from './ruleset-files.js';
import { type Parties } from './resolve-ends.js';
/** Reads the scenario's own rules, probes and matrix, and then its `phases`. */
export declare function resolvePhases(scenario: Place, parties: Parties, files: RulesetFiles, problems: ProblemList): Phase[];
