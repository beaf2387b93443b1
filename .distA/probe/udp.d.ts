import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
/** A UDP client on a connected socket, which is how a client learns of ICMP errors (udp(7)): one datagram, and what comes back. */
export declare function startUdpProbe(plan: ProbePlan, port: number): RunningProbe;
