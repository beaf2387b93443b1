import type { ProbeSpec } from '../model/scenario.js';
import type { Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import { type Repetition } from './repeat-probe.js';
/** The probes of a scenario so far. */
export interface EarlierProbes {
    /** Those that leave their connection open, by its name; null for one that something is wrong with. */
    opened: Map<string, ProbeSpec | null>;
    /** How many there are. */
    made: {
        probes: number;
    };
}
/** The probes that one stands for, in the batches in which they run; reports where that many, or those at once, cannot be. */
export declare function makeBatches(spec: ProbeSpec, place: Place, repetition: Repetition, lastPort: number, { opened, made }: EarlierProbes, problems: ProblemList): ProbeSpec[][];
