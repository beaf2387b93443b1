import type { ProbePlan } from '../../model/plan.js';
import { startHttpProbe } from './http.js';
import { startIcmpProbe } from './icmp.js';
import type { ClientView, RunningProbe } from './running.js';
import { startTcpProbe } from './tcp.js';
import { startUdpProbe } from './udp.js';

const PROBES = {
  tcp: startTcpProbe,
  udp: startUdpProbe,
  icmp: startIcmpProbe,
  http: startHttpProbe,
} satisfies Record<ProbePlan['protocol'], (plan: ProbePlan, port: number, given: number | null) => RunningProbe>;

/**
 * Starts a probe.
 * @param port the client port, or for ICMP the identifier. No other probe uses it at the same time
 * @param given the descriptor of a socket that the client uses in the place of one of its own (users.ts)
 */
export function startProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  return PROBES[plan.protocol](plan, port, given);
}

/** A client that sends on a connection that does not exist: its own stack refuses (send(2)). */
export function startWithoutConnection(): RunningProbe {
  const view: ClientView = { outcome: 'unreachable', errno: 'ENOTCONN', elapsedMs: 0, reply: null };
  return { view: Promise.resolve(view), getViewAtLimit: () => view, close: () => {} };
}
