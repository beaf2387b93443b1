import ipaddr from 'ipaddr.js';
import type { IcmpName, Outcome, Packet } from '../../model/result.js';
import { isIPv6Text } from '../../words/addresses.js';
import type { Endpoint, TracedPacket } from '../journey/packet.js';
import type { PacketHeaders } from '../packet/headers.js';
import { isAnswer, isFromClient } from './conversation.js';

/** What a packet is to the two ends of its conversation. */
export type Role = Pick<Packet, 'direction' | 'sender' | 'causedBy' | 'fate'>;

/** Whose conversation it is, and what its client saw. */
export interface Ends {
  client: Endpoint;
  /** The address to which the client sends. */
  server: string;
  outcome: Outcome;
}

/** The index of lo in every network namespace. */
const LOOPBACK = 1;

/** The errors that only the receiver of a packet sends. All others come from a router, or from a rule. */
const OF_RECEIVER: (IcmpName | null)[] = ['port-unreachable', 'proto-unreachable'];

/**
 * Says of each packet of a journey who sent it, in which direction, in answer to which packet, and whether it arrived. Routing can end a
 * packet that no rule ended: makeFinding() does not know that yet, and `fate` is then unknown.
 */
export function listRoles(packets: TracedPacket[], ends: Ends): Role[] {
  const roles: Role[] = [];
  // Errors come last: nf_tables tells of a rejected packet behind NAT only after its error.
  const isError = ({ headers }: TracedPacket) => headers.icmp?.kind === 'error';
  packets.forEach((packet, place) => {
    if (!isError(packet)) {
      roles[place] = getRole(packets, place, roles, ends);
    }
  });
  packets.forEach((packet, place) => {
    if (isError(packet)) {
      roles[place] = getRoleOfError(packets, packet, roles);
    }
  });
  const answered = new Set(roles.flatMap(({ causedBy, sender }) => (sender === 'firewall' ? [] : (causedBy ?? []))));
  return packets.map((packet, place) => {
    const role = roles[place] as Role;
    return { ...role, fate: getFate(packet, role, answered.has(place), ends.outcome) };
  });
}

function getRole(packets: TracedPacket[], place: number, roles: Role[], ends: Ends): Role {
  const { client } = ends;
  const { headers } = packets[place] as TracedPacket;
  if (headers.icmp?.kind === 'solicitation' || headers.icmp?.kind === 'advertisement') {
    return getRoleOfNeighbour(packets, place, ends);
  }
  if (isFromClient(client, headers)) {
    const rejected = headers.tcp?.rst ? findRejectedAnswer(packets, place, roles) : -1;
    return rejected === -1
      ? { direction: 'request', sender: 'client', causedBy: null, fate: 'unknown' }
      : { direction: 'request', sender: 'firewall', causedBy: rejected, fate: 'unknown' };
  }
  const request = findRequest(packets, place, client);
  const isOfRule = packets[request]?.end != null;
  return { direction: 'answer', sender: isOfRule ? 'firewall' : 'server', causedBy: request === -1 ? null : request, fate: 'unknown' };
}

/** The request that a packet answers: the latest one before it, or the latest of all that it can answer. -1 if there is none. */
function findRequest(packets: TracedPacket[], place: number, client: Endpoint): number {
  const answer = packets[place] as TracedPacket;
  const isRequest = ({ headers }: TracedPacket) => isFromClient(client, headers);
  const before = packets.slice(0, place);
  const asked = before.findLastIndex((packet) => isRequest(packet) && isAnswer(answer, packet));
  return asked === -1 ? before.findLastIndex(isRequest) : asked;
}

/** The answer to which a rule has sent this RST: a rejected one to which none was sent before. -1 if there is none. */
function findRejectedAnswer(packets: TracedPacket[], place: number, roles: Role[]): number {
  const isAnswered = (answer: number) => roles.some((role) => role.causedBy === answer);
  return packets.findIndex(
    ({ end }, answer) => answer < place && roles[answer]?.direction === 'answer' && end?.verdict === 'reject' && !isAnswered(answer),
  );
}

function getRoleOfError(packets: TracedPacket[], error: TracedPacket, roles: Role[]): Role {
  const place = packets.findLastIndex((packet) => packet !== error && isAnswer(error, packet));
  const answered = packets[place];
  const role = roles[place];
  if (answered === undefined || role === undefined) {
    return { direction: 'answer', sender: 'firewall', causedBy: null, fate: 'unknown' };
  }
  const direction = role.direction === 'request' ? 'answer' : 'request';
  const isOfReceiver = answered.end === null && OF_RECEIVER.includes(error.headers.icmp?.name ?? null);
  const receiver = role.direction === 'request' ? 'server' : 'client';
  return { direction, sender: isOfReceiver ? receiver : 'firewall', causedBy: place, fate: 'unknown' };
}

/** Of neighbour discovery (RFC 4861): a solicitation asks for the server as a request does, and an advertisement answers one. */
function getRoleOfNeighbour(packets: TracedPacket[], place: number, { client, server }: Ends): Role {
  const { headers } = packets[place] as TracedPacket;
  const { source, destination, icmp } = headers;
  const sender = source === client.address ? 'client' : source === server ? 'server' : 'firewall';
  const isToClient = destination === client.address || asksFor(headers, client.address);
  const direction = sender === 'server' || (sender === 'firewall' && isToClient) ? 'answer' : 'request';
  const asked = packets.slice(0, place).findLastIndex((packet) => packet.headers.icmp?.kind === 'solicitation');
  return { direction, sender, causedBy: icmp?.kind === 'advertisement' && asked !== -1 ? asked : null, fate: 'unknown' };
}

/**
 * Whether a packet is a solicitation for an IPv6 address: to the multicast address ff02::1:ff00:0/104 with the last 24 bits of it (RFC 4291,
 * 2.7.1), and with its first 96 bits as the target. Addresses with the same last bits, such as 2001:db8:1::1 and 2001:db8:2::1, share the
 * former.
 */
export function asksFor({ destination, icmp }: PacketHeaders, address: string): boolean {
  if (!isIPv6Text(address)) {
    return false;
  }
  const bytes = ipaddr.parse(address).toByteArray();
  const node = ipaddr.fromByteArray([0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, ...bytes.slice(13)]).toString();
  return destination === node && icmp?.target === String.fromCharCode(...bytes.slice(0, 12));
}

/** @param isAnswered whether its receiver has answered it */
function getFate(packet: TracedPacket, { direction, sender }: Role, isAnswered: boolean, outcome: Outcome): Role['fate'] {
  if (packet.end !== null) {
    return 'ended';
  }
  const isSeen = packet.steps.some(({ hook }) => hook === 'input') || packet.passed.some(isArrival);
  // A client that was told something has heard what no rule ended.
  const isHeard = direction === 'answer' && sender !== 'client' && outcome !== 'timeout' && outcome !== 'denied';
  return isSeen || isAnswered || isHeard ? 'arrived' : 'unknown';
}

function isArrival({ hook, device }: TracedPacket['passed'][number]): boolean {
  return hook === 'input' || (hook === 'postrouting' && device !== LOOPBACK);
}
