import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
import { startTcpProbe } from './tcp.js';

const PROBES = { tcp: startTcpProbe } satisfies Record<ProbePlan['protocol'], (plan: ProbePlan, port: number) => RunningProbe>;

/** Starts a probe from the given client port, which belongs to this probe alone. */
export function startProbe(plan: ProbePlan, port: number): RunningProbe {
  return PROBES[plan.protocol](plan, port);
}
