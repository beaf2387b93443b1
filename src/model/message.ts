import type { Firewall, ProbePlan } from './plan.js';
import type { ClosingEvidence, ProbeReport } from './evidence.js';
import type { Program, ProgramEnd } from './program.js';
import type { Observation } from './result.js';
import type { Server } from './scenario.js';

/** What the outside asks of a world, one message at a time. */
export type Request =
  | { type: 'open'; servers: Server[] }
  | { type: 'control'; probes: ProbePlan[] }
  | { type: 'apply'; firewalls: Firewall[] }
  | { type: 'probe'; probe: ProbePlan }
  | { type: 'exec'; program: Program }
  | { type: 'evidence' }
  /** A pair of virtual interfaces, to see whether one can be made. */
  | { type: 'veth' }
  | { type: 'close' };

export interface Replies {
  open: null;
  control: Observation['outcome'][];
  apply: null;
  probe: ProbeReport;
  exec: ProgramEnd;
  evidence: ClosingEvidence;
  veth: null;
  close: null;
}
