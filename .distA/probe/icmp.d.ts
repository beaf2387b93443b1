import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
/** One ICMP echo request; its identifier is what a port is to the other protocols. */
export declare function startIcmpProbe(plan: ProbePlan, identifier: number): RunningProbe;
