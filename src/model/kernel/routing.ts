/**
 * What became of the packet on which an outcome depends, behind the last rule that it met.
 * left: it left the world by an interface. ended: routing ended it.
 * unanswerable: it was delivered, and routing has no way for an answer.
 */
export type PacketFate = PacketLeft | PacketEnded | PacketUnanswerable;

interface PacketLeft {
  kind: 'left';
  /** The interface by which it left. */
  device: string;
  /** Its ends then, as text: 127.0.0.1 → 192.0.2.2:8000. */
  ends: string;
}

interface PacketUnanswerable extends Unrouted {
  kind: 'unanswerable';
}

/** A packet that routing refuses, and why. */
export interface Unrouted {
  /** The interface by which it came in or was to leave; null if it has none. */
  device: string | null;
  source: string;
  /** The address of its destination. */
  address: string;
  reason: RoutingReason;
}

export interface PacketEnded extends Unrouted {
  kind: 'ended';
  /** The packet: the request, or an answer to it. */
  of: 'request' | 'answer';
  /**
   * output: nat or a mark in OUTPUT made the kernel look for another route. arrived: after the packet had come in. left: behind its last
   * hook, where the kernel looks for the neighbour.
   */
  stage: 'output' | 'arrived' | 'left';
  /** Its destination then, with the port: 127.0.0.1:80. In OUTPUT: what the rule that rewrote it says. */
  destination: string;
  /** Whether NAT had changed its addresses. */
  isRewritten: boolean;
  /** The index of the entry that rewrote it in OUTPUT. */
  rewrittenBy: number | null;
}

/**
 * Why routing ended a packet. setting: the name of the sysctl(8) that decided it. entries: the rules of the routing policy (ip-rule(8)) that
 * refuse the packet, and routes that may have refused it before; one of them did.
 */
export type RoutingReason =
  | { kind: 'forwarding'; setting: string }
  | { kind: 'martian' }
  | { kind: 'localnet'; setting: string }
  | { kind: 'no-route' | 'prohibit' | 'unreachable' | 'blackhole' }
  | { kind: 'policy'; entries: string[] }
  | { kind: 'rp-filter'; device: string }
  | { kind: 'no-neighbour'; address: string }
  | { kind: 'hairpin' }
  | { kind: 'unknown' };
