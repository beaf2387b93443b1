import type { Cell } from '../model/result.js';
import type { ProbeSpec } from '../model/scenario.js';
import { type EarlierProbes } from './make-batches.js';
import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { type Ends, type Parties } from './resolve-ends.js';
import type { Rules } from './resolve-rules.js';
/** What a probe may name; null where the file is so wrong that nobody can tell. */
export interface Names extends Parties, EarlierProbes {
    rules: Rules | null;
}
/** Reads one probe and fills in its defaults: the batches of those that it stands for, none where something is wrong. */
export declare function resolveProbe(place: Place, names: Names, problems: ProblemList): ProbeSpec[][];
/** Reads a cell of a truth table: a probe that has nothing but its ends and its expectation. */
export declare function resolveCell(place: Place, matrix: Cell, ends: Ends | null, names: Names, problems: ProblemList): ProbeSpec[][];
