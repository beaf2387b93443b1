import { type Ends, type Flow, hasFlag, isIcmpError, type Manipulation, type Packet, turn } from './packet.js';

/** The hooks at which NAT changes an end. */
export const MANIPULATIONS = { prerouting: 'destination', output: 'destination', input: 'source', postrouting: 'source' } as const;

/** The connections of a world. */
export class Connections {
  readonly #flows = new Map<string, { flow: Flow; isReply: boolean }>();

  /** nf_conntrack_in(): finds the flow of a packet, or begins one. On lo, the packet that comes in still has what it had when it went out. */
  track(packet: Packet): void {
    if (packet.tracking !== 'nothing') {
      return;
    }
    if (isNeighbour(packet)) {
      packet.tracking = 'untracked';
      return;
    }
    if (isIcmpError(packet)) {
      this.#trackError(packet);
      return;
    }
    const known = this.#flows.get(getKey(packet, packet, packet.zone));
    if (known !== undefined) {
      // A RST as the only answer ends the flow (nf_conntrack_proto_tcp.c).
      if (known.isReply && !known.flow.hasReply && hasFlag(packet, 'RST')) {
        this.#forget(packet, known.flow);
      }
      note(packet, known.flow, known.isReply);
    } else if (mayBegin(packet)) {
      const flow = begin(packet);
      count(flow, packet, false);
      packet.tracking = { flow, state: 'NEW', isReply: false };
    }
  }

  /** nf_confirm(): the first packet of a flow has passed all hooks. */
  confirm(packet: Packet): void {
    const { tracking } = packet;
    if (typeof tracking === 'string' || tracking.isReply || tracking.flow.isConfirmed) {
      return;
    }
    const { flow } = tracking;
    flow.isConfirmed = true;
    const [request, reply] = getKeys(packet, flow);
    this.#flows.set(request, { flow, isReply: false });
    this.#flows.set(reply, { flow, isReply: true });
  }

  #forget(packet: Packet, flow: Flow): void {
    for (const key of getKeys(packet, flow)) {
      this.#flows.delete(key);
    }
  }

  /** nf_conntrack_inet_error(): an error belongs to the flow of the packet that it answers. */
  #trackError(error: Packet): void {
    const about = error.content.kind === 'icmp' ? error.content.about : null;
    const known = about === null ? undefined : this.#flows.get(getKey(about, turn(about), error.zone, !isEchoReply(about)));
    if (known !== undefined) {
      error.tracking = { flow: known.flow, state: 'RELATED', isReply: known.isReply };
    }
  }
}

/**
 * What an answer of the kernel to a packet gets of connection tracking (nf_ct_attach): the flow of that packet, in the other direction. An
 * answer to a packet without a flow gets nothing.
 */
export function relate({ tracking }: Packet): Packet['tracking'] {
  return typeof tracking === 'string' ? 'nothing' : { flow: tracking.flow, state: 'RELATED', isReply: !tracking.isReply };
}

/** The ends of a packet of the flow after NAT at a hook (nf_nat_packet). */
export function translate(packet: Packet, at: Manipulation): void {
  if (typeof packet.tracking === 'string') {
    return;
  }
  const { flow, isReply } = packet.tracking;
  const other = at === 'source' ? 'destination' : 'source';
  if (!flow.changed[isReply ? other : at]) {
    return;
  }
  const to = isReply ? turn(flow.original)[at] : flow.translated[at];
  packet[at] = packet[at].ports === null ? { ...to, ports: null } : { ...to };
}

function begin(packet: Packet): Flow {
  const ends = { source: { ...packet.source }, destination: { ...packet.destination } };
  return {
    ...{ protocol: packet.protocol, original: ends, translated: ends },
    decided: { source: false, destination: false },
    changed: { source: false, destination: false },
    ...{ isConfirmed: false, hasReply: false, isAssured: false, mark: 0, labels: new Set<number>(), zone: packet.zone },
    counts: { original: { packets: 0, bytes: 0 }, reply: { packets: 0, bytes: 0 } },
  };
}

/**
 * Whether connection tracking takes the packet for the first of a flow (nf_conntrack_proto_tcp.c, tcp_new(); icmp and icmpv6: a request).
 * It takes a flow up in the middle, but not with a SYN-ACK or a RST.
 */
function mayBegin(packet: Packet): boolean {
  const { content } = packet;
  switch (content.kind) {
    case 'tcp':
      return !hasFlag(packet, 'RST') && !(hasFlag(packet, 'SYN') && hasFlag(packet, 'ACK'));
    case 'udp':
      return true;
    case 'icmp':
      return content.type === (packet.family === 'ipv4' ? 8 : 128);
  }
}

/** Connection tracking leaves neighbour discovery alone (nf_conntrack_proto_icmpv6.c, noct_valid_new). */
function isNeighbour({ family, content }: Packet): boolean {
  return family === 'ipv6' && content.kind === 'icmp' && content.type >= 133 && content.type <= 137;
}

function note(packet: Packet, flow: Flow, isReply: boolean): void {
  const state = isReply || flow.hasReply ? 'ESTABLISHED' : 'NEW';
  // A SYN that comes again is not counted, before an answer and after it (measured on 6.18).
  if (isReply || !hasFlag(packet, 'SYN')) {
    count(flow, packet, isReply);
  }
  packet.tracking = { flow, state, isReply };
  flow.hasReply ||= isReply;
  flow.isAssured ||= packet.content.kind === 'tcp' && !isReply && flow.hasReply && !hasFlag(packet, 'SYN');
}

function count({ counts }: Flow, { length }: Packet, isReply: boolean): void {
  const own = counts[isReply ? 'reply' : 'original'];
  own.packets++;
  own.bytes += length;
}

function isEchoReply({ family, content }: Packet): boolean {
  return content.kind === 'icmp' && content.type === (family === 'ipv4' ? 0 : 129);
}

function getKeys(packet: Packet, { original, translated, zone }: Flow): [request: string, reply: string] {
  return [getKey(packet, original, zone, false), getKey(packet, turn(translated), zone, true)];
}

/** @param isReply whether the ends are those of an answer: an echo and its reply may have the same ends */
function getKey(packet: Packet, { source, destination }: Ends, zone: number, isReply = isEchoReply(packet)): string {
  const kind = packet.content.kind === 'icmp' ? (isReply ? 'reply' : 'request') : '';
  return [zone, packet.protocol, kind, source.address, source.ports, destination.address, destination.ports].join(' ');
}
