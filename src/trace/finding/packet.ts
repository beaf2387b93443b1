import type { IcmpMessage, Packet, PacketEnds, PacketKind, Step } from '../../model/result.js';
import { printEndpoint } from '../../words/addresses.js';
import type { TracedPacket } from '../journey/packet.js';
import type { PacketHeaders, TcpHeader } from '../packet/headers.js';
import { getRouterErrorName, type IcmpKind } from '../packet/icmp.js';
import type { Role } from './roles.js';

const ICMP_KINDS: Record<IcmpKind, PacketKind> = {
  'echo-request': 'echo',
  'echo-reply': 'echo-reply',
  solicitation: 'neighbour',
  advertisement: 'neighbour',
  error: 'icmp-error',
  redirect: 'other',
  other: 'other',
};

const WORDS: Partial<Record<IcmpKind, string>> = {
  'echo-request': 'echo-request',
  'echo-reply': 'echo-reply',
  solicitation: 'neighbour-solicitation',
  advertisement: 'neighbour-advertisement',
  redirect: 'redirect',
};

/** A packet of a journey as data, with a text for people. */
export function makePacket(
  { headers, rewritten, translated, steps }: Pick<TracedPacket, 'headers' | 'rewritten' | 'translated' | 'steps'>,
  { direction, sender, causedBy, fate }: Role,
): Packet {
  const ends = getEnds(headers);
  const later = rewritten === null ? ends : getEnds(rewritten);
  const isRewritten = later.source !== ends.source || later.destination !== ends.destination;
  const kind = getPacketKind(headers);
  return {
    packet: `${describe(headers, kind)} ${showEnds(ends)}${isRewritten ? `, rewritten to ${showEnds(later)}` : ''}`,
    protocol: nameProtocol(headers),
    kind,
    source: ends.source,
    destination: ends.destination,
    rewrittenTo: isRewritten ? later : null,
    fragment: headers.fragment !== null,
    icmp: getIcmp(headers),
    conntrack: null,
    direction,
    sender,
    causedBy,
    fate,
    steps: translated.length === 0 ? steps : addRewrites(steps, translated),
  };
}

/** Packets share their steps: those at which NAT rewrote this one become its own. */
function addRewrites(steps: Step[], translated: TracedPacket['translated']): Step[] {
  const own = [...steps];
  for (const { place, headers } of translated) {
    const step = own[place];
    if (step !== undefined) {
      own[place] = { ...step, rewrites: getEnds(headers) };
    }
  }
  return own;
}

/** The role of a packet in its conversation. */
function getPacketKind(headers: PacketHeaders): PacketKind {
  const { protocol, tcp, icmp, payloadLength, fragment } = headers;
  if (fragment?.isFirst === false) {
    return 'fragment';
  }
  if (tcp !== null) {
    return getTcpKind(tcp, payloadLength);
  }
  return icmp === null ? (protocol === 'udp' ? 'udp' : 'other') : ICMP_KINDS[icmp.kind];
}

function getTcpKind({ syn, ack, rst, fin }: TcpHeader, payloadLength: number): PacketKind {
  if (rst) {
    return 'rst';
  }
  if (syn) {
    return ack ? 'syn-ack' : 'syn';
  }
  if (payloadLength > 0) {
    return 'data';
  }
  return fin ? 'fin' : 'ack';
}

function nameProtocol({ family, protocol }: PacketHeaders): string {
  return protocol === 'icmp' && family === 'ipv6' ? 'icmpv6' : String(protocol);
}

function getIcmp({ icmp }: PacketHeaders): IcmpMessage | null {
  return icmp && { type: icmp.type, code: icmp.code };
}

function getEnds({ protocol, source, sourcePort, destination, destinationPort, fragment }: PacketHeaders): PacketEnds {
  const hasPorts = (protocol === 'tcp' || protocol === 'udp') && fragment?.isFirst !== false;
  return hasPorts
    ? { source: printEndpoint(source, sourcePort), destination: printEndpoint(destination, destinationPort) }
    : { source, destination };
}

function showEnds({ source, destination }: PacketEnds): string {
  return `${source} → ${destination}`;
}

/** The protocol and the kind of a packet, as text for people. */
function describe(headers: PacketHeaders, kind: PacketKind): string {
  const { protocol, tcp, icmp, payloadLength, fragment } = headers;
  if (tcp !== null) {
    return kind === 'data' ? `tcp data (${payloadLength} bytes)` : `tcp ${kind}`;
  }
  if (icmp !== null) {
    const { name, kind: role, type, code } = icmp;
    const title = name ?? WORDS[role] ?? getRouterErrorName(headers.family, type, code) ?? `type ${type} code ${code}`;
    return `${nameProtocol(headers)} ${title}`;
  }
  return protocol === 'udp' ? `udp (${payloadLength} bytes${fragment === null ? '' : ', a fragment'})` : `protocol ${protocol}`;
}
