import type { ProbePlan } from '../model/plan.js';
import type { RunningProbe } from './running-probe.js';
/** An HTTP/1.1 client (RFC 9112) that fetches / whole; with something to send it posts that. Its reply is the body. */
export declare function startHttpProbe(plan: ProbePlan, port: number): RunningProbe;
