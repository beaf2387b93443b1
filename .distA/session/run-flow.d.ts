import type { ProbeReply } from '../model/evidence.js';
import type { Flow } from '../model/plan.js';
import type { Surroundings } from './run-probe.js';
/** Runs the probes of a flow once there is enough for them, and gives their replies in order. */
export declare function runFlow({ probes, pace }: Flow, surroundings: Surroundings): Promise<ProbeReply[]>;
