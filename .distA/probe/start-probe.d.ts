import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
/** Starts a probe from the given client port (of icmp: with that identifier), which belongs to this probe alone. */
export declare function startProbe(plan: ProbePlan, port: number): RunningProbe;
