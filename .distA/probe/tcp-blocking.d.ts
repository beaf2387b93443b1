import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
/**
 * A TCP client as plain Python and C programs are. To the kernel it is another client: an ICMP error that comes while connect(2) holds
 * the socket's lock is kept as a soft error, and only the one after the first retransmission ends the call, 1.02 s later on lo.
 */
export declare function startBlockingTcpProbe(plan: ProbePlan, port: number): RunningProbe;
