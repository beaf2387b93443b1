import type { DecidingRuleRef } from '../model/evidence.js';
import type { Step } from '../model/result.js';
import type { PacketHeaders } from './parse-headers.js';
import type { IndexedChain } from './rule-index.js';

/** One packet, with every rule and policy that it met, in order. */
export interface TracedPacket {
  /** Packets are numbered as they are first seen. */
  number: number;
  /** As it was first seen. */
  headers: PacketHeaders;
  /** As NAT has rewritten it; null where nothing has. */
  rewritten: PacketHeaders | null;
  /** Each form that NAT has given it, as `rewritten` is the last. */
  rewrites: readonly PacketHeaders[];
  /** The first fragment of the packet of which this is a later one; null for all else. */
  head: TracedPacket | null;
  /** ICMP errors that answer it. */
  errors: readonly TracedPacket[];
  steps: Step[];
  /** What ended it; null while nothing has. */
  end: { verdict: 'drop' | 'reject'; rule: DecidingRuleRef } | null;
  /**
   * The last ACCEPT of the scenario's own rules that it met; a rule that only translates where there is no ACCEPT. Never a policy: every packet
   * that is let in meets an ACCEPT policy somewhere, so its name would say nothing.
   */
  accept: DecidingRuleRef | null;
  /** How far it has come: rank of the last chain of a hook that it visited. */
  rank: number;
  /** The chains of that rank that it visited. */
  visited: readonly IndexedChain[];
}
