import type { ProbePlan } from '../../model/plan.js';
import { startHttpProbe } from './http.js';
import { startIcmpProbe } from './icmp.js';
import type { RunningProbe } from './running.js';
import { startTcpProbe } from './tcp.js';
import { startUdpProbe } from './udp.js';

const PROBES = {
  tcp: startTcpProbe,
  udp: startUdpProbe,
  icmp: startIcmpProbe,
  http: startHttpProbe,
} satisfies Record<ProbePlan['protocol'], (plan: ProbePlan, port: number) => RunningProbe>;

/**
 * Starts a probe.
 * @param port the client port, or for ICMP the identifier. No other probe uses it at the same time
 */
export function startProbe(plan: ProbePlan, port: number): RunningProbe {
  return PROBES[plan.protocol](plan, port);
}
