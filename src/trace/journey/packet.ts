import type { DecidingRuleRef } from '../../model/evidence.js';
import type { NatDestination } from '../../model/plan.js';
import type { Step } from '../../model/result.js';
import type { PacketHeaders } from '../packet/headers.js';
import type { IndexedChain } from '../rules/rule-index.js';

/** One packet, with all rules and policies that it met, in order. */
export interface TracedPacket {
  /** The packet's number, in the order in which packets were first seen. */
  number: number;
  /** The headers when the packet was first seen. */
  headers: PacketHeaders;
  /** The latest headers that NAT has given it; null if NAT has not rewritten it. */
  rewritten: PacketHeaders | null;
  /** All headers that NAT has given it. The last one is `rewritten`. */
  rewrites: readonly PacketHeaders[];
  /** The steps at which a rule of NAT rewrote it, each by its place in `steps`, with the headers that it got there. */
  translated: readonly { place: number; headers: PacketHeaders }[];
  /** For a later fragment: the first fragment of the same packet. Otherwise null. */
  head: TracedPacket | null;
  /** ICMP errors that answer it. */
  errors: readonly TracedPacket[];
  /** Where the observer's chains have seen it, in their order. */
  passed: readonly Passage[];
  /** Whether it waits in loopfw's queue. The next chain that it visits shows that it went on. */
  isHeld: boolean;
  /** The mark that it had last. */
  mark: number;
  /** The rule that has rewritten it last, with the destination that it gives; null if none has. */
  translation: { rule: DecidingRuleRef; destination: NatDestination | null; /** its step, by the place in `steps` */ place: number } | null;
  steps: Step[];
  /** The rule or policy that ended it; null if none has. */
  end: { verdict: 'drop' | 'reject'; rule: DecidingRuleRef } | null;
  /**
   * The last ACCEPT rule of the scenario that it met. If there is none, a rule that only translates. Never a policy: every packet that
   * enters meets an ACCEPT policy somewhere, so its name would say nothing.
   */
  accept: DecidingRuleRef | null;
  /** How far it has come: the rank of the last base chain that it visited. */
  rank: number;
  /** The chains of this rank that it visited. */
  visited: readonly IndexedChain[];
}

/** A packet behind all rules of a hook. */
export interface Passage {
  hook: Step['hook'];
  /** The index of the interface by which it came in; in postrouting, of the one by which it leaves. */
  device: number;
  headers: PacketHeaders;
}

/** One end of a conversation. */
export type Endpoint = Port | Echo;

interface Port {
  address: string;
  port: number;
}

/**
 * A client of ICMP echo. Its identifier is unique in the world. The address is not enough: NAT may change it, and two clients may ask each
 * other.
 */
interface Echo {
  address: string;
  identifier: number;
}
