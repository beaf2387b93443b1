import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
/** A TCP client from a bound address and port: as Node.js, browsers and curl are, or with a blocking connect(2). */
export declare function startTcpProbe(plan: ProbePlan, port: number): RunningProbe;
