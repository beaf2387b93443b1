import type { Capture } from './capture.js';
import type { Flow, KernelRuleSet, ProbePlan } from './plan.js';
import type { ClosingEvidence, InterfaceCounters, ProbeReply } from './evidence.js';
import type { Backend, Observation } from './result.js';
import type { Server, WorldSpec } from './scenario.js';

/** What the outside asks of a world, one message at a time. */
export type Request =
  | {
      type: 'open';
      /** null: nothing but lo. */
      world: WorldSpec | null;
      servers: Server[];
      /** Whether the world is the network namespace of the sandbox itself, which its launcher can enter; else it gets a new one. */
      isSandboxsOwn?: true;
    }
  | { type: 'control'; probes: ProbePlan[] }
  /** In the place of what was applied before. */
  | { type: 'apply'; ruleSet: KernelRuleSet }
  | ({ type: 'probe' } & Flow)
  /** From here on, of every packet that passes in the world. */
  | { type: 'capture' }
  | { type: 'capture-end' }
  /** Of the rule set that holds now. isLast: no more probes, so that the servers may go first. */
  | { type: 'evidence'; isLast: boolean }
  /** Of the world's own interfaces, up to now. */
  | { type: 'counters' }
  /** What iptables says of its version. */
  | { type: 'version'; backend: Backend }
  /** A pair of virtual interfaces, to see whether one can be made. */
  | { type: 'veth' }
  | { type: 'close' };

export interface Replies {
  open: null;
  control: Observation['outcome'][];
  apply: null;
  probe: ProbeReply[];
  capture: null;
  'capture-end': Omit<Capture, 'pcap'> & { base64: string };
  evidence: ClosingEvidence;
  counters: InterfaceCounters[];
  version: string | null;
  veth: null;
  close: null;
}
