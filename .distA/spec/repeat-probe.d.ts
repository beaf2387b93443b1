import type { ProbeInput } from '../model/scenario-file.js';
import type { ProbeSpec } from '../model/scenario.js';
export type Repetition = Pick<ProbeInput, 'count' | 'parallel'>;
/** The probes that one stands for, by its `count` and by a range of ports, in the batches in which they run. */
export declare function repeatProbe(spec: ProbeSpec, { count, parallel }: Repetition, lastPort: number): ProbeSpec[][];
