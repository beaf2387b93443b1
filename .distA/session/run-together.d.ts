import type { ProbeReply } from '../model/evidence.js';
import type { ProbePlan } from '../model/plan.js';
import { type Surroundings } from './run-probe.js';
/** Runs probes at once, and gives their replies in order. Their connections end when the last of them is decided. */
export declare function runTogether(probes: ProbePlan[], surroundings: Surroundings): Promise<ProbeReply[]>;
