import type { Cause } from '../../model/result.js';
import type { Decider, Exit } from '../chains/walk.js';
import { findNeighbour, findRoute, type Interface, isLocal } from '../world/network.js';
import { LINK_LOCAL, makeNeighbour, type Neighbour } from '../world/neighbour.js';
import type { Packet } from '../world/packet.js';
import { toQuery } from '../world/routing.js';
import { type Hop, makeLog, passHook, type World } from './hooks.js';

/** Why a packet finds no neighbour: the rule that ended a solicitation (dropped, rejected) or an advertisement (answer-eaten). */
export type Undiscovered = { kind: 'undiscovered'; cause: Cause; by: Decider } | { kind: 'unknown'; why: string };

const UNKNOWN: Undiscovered = { kind: 'unknown', why: 'neighbour discovery' };

/**
 * Whether the rules let pass what finds the machines on the way of a first packet of IPv6 (RFC 4861); null if they do. Whoever solicits tells
 * its own link-layer address, so that its answers need no solicitation.
 *
 * @param from the interface by which the packet comes in; null if the world itself sends it
 */
export function discover(packet: Packet, from: string | null, world: World): Undiscovered | null {
  const { network } = world;
  const first = network.interfaces.find(({ name }) => name === from);
  if (first !== undefined && findNeighbour(packet, first.name, network)?.kind === 'cable') {
    return null;
  }
  const problem = first === undefined ? null : exchange(first, { isOfWorld: false, source: packet.source.address }, world);
  if (problem !== null) {
    return problem;
  }
  const route = findRoute(toQuery(packet, from ?? 'lo'), network);
  if (route.to !== 'machine' || route.by === first) {
    return null;
  }
  const isOwn = from === null && isLocal(packet.source.address, network);
  const source = isOwn ? packet.source.address : LINK_LOCAL;
  const second = exchange(route.by, { isOfWorld: true, source }, world, packet.destination.address);
  // The client of a packet that is forwarded gets an ICMP error, or none.
  return second === null || from === null ? second : UNKNOWN;
}

/** A solicitation and its advertisement. @param machine whom the world looks for; the world itself, if a machine solicits */
function exchange(
  { name, addresses }: Interface,
  { isOfWorld, source }: { isOfWorld: boolean; source: string },
  world: World,
  machine?: string,
): Undiscovered | null {
  const target = machine ?? addresses.find((address) => address.length === source.length) ?? LINK_LOCAL;
  const out: Hop[] = (['output', 'postrouting'] as const).map((hook) => ({ hook, inInterface: '', outInterface: name }));
  const into: Hop[] = (['prerouting', 'input'] as const).map((hook) => ({ hook, inInterface: name, outInterface: '' }));
  const pass = (neighbour: Neighbour, hops: Hop[]): Exit | null => {
    const packet = makeNeighbour(neighbour);
    const exits = hops.map((hop) => passHook(packet, hop, world, makeLog({ ...world, isTraced: false }, 'ipv6')));
    return exits.find(({ verdict }) => verdict !== 'accept') ?? null;
  };
  const solicitation = pass({ type: 'solicitation', from: source, to: target }, isOfWorld ? out : into);
  const ended = solicitation ?? pass({ type: 'advertisement', from: target, to: source }, isOfWorld ? into : out);
  if (ended === null) {
    return null;
  }
  if (ended.verdict !== 'drop' && ended.verdict !== 'reject') {
    return UNKNOWN;
  }
  const cause = solicitation === null ? 'answer-eaten' : ended.verdict === 'drop' ? 'dropped' : 'rejected';
  return { kind: 'undiscovered', cause, by: ended.by };
}
