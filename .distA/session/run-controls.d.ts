import type { ProbePlan } from '../model/plan.js';
import type { Outcome } from '../model/result.js';
import type { Surroundings } from './run-probe.js';
type ControlSurroundings = Pick<Surroundings, 'ports' | 'places' | 'allowance'>;
/** Runs every probe once before the rules are there, many at once, and gives their outcomes in order. */
export declare function runControls(probes: ProbePlan[], surroundings: ControlSurroundings): Promise<Outcome[]>;
export {};
