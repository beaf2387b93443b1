import type { Cause } from '../../model/result.js';
import type { Decider, Exit } from '../chains/walk.js';
import { findNeighbour, isLocal } from '../world/network.js';
import { LINK_LOCAL, makeNeighbour, type Neighbour } from '../world/neighbour.js';
import type { Packet } from '../world/packet.js';
import { type Hop, makeLog, passHook, type World } from './hooks.js';

/** Why a packet finds no neighbour: the rule that ended a solicitation (dropped, rejected) or an advertisement (answer-eaten). */
export type Undiscovered = { kind: 'undiscovered'; cause: Cause; by: Decider } | { kind: 'unknown'; why: string };

const UNKNOWN: Undiscovered = { kind: 'unknown', why: 'neighbour discovery' };

/**
 * Whether the rules let pass what a machine needs to find the world (RFC 4861); null if they do. Whoever solicits tells its own link-layer
 * address, so that answers need no solicitation.
 */
export function findWorld(packet: Packet, via: string, world: World): Undiscovered | null {
  const by = world.network.interfaces.find(({ name }) => name === via);
  if (by === undefined || findNeighbour(packet, via, world.network)?.kind === 'cable') {
    return null;
  }
  const { address } = packet.source;
  const target = by.addresses.find((own) => own.length === address.length) ?? LINK_LOCAL;
  return exchange(via, { asker: address, target, isOfWorld: false }, world);
}

/**
 * Whether the rules let pass what the world needs to find the machine to which a packet goes.
 * @param from the interface by which the packet came in; null if the world itself has sent it
 */
export function findMachine(packet: Packet, via: string, from: string | null, world: World): Undiscovered | null {
  if (via === from) {
    return null;
  }
  // A host that forwards solicits from an address of its own interface.
  const asker = from === null && isLocal(packet.source.address, world.network) ? packet.source.address : LINK_LOCAL;
  const problem = exchange(via, { asker, target: packet.destination.address, isOfWorld: true }, world);
  // The client of a packet that is forwarded gets an ICMP error.
  return problem === null || from === null ? problem : UNKNOWN;
}

/** A solicitation and its advertisement at an interface of the world. */
function exchange(
  name: string,
  { asker, target, isOfWorld }: { asker: string; target: string; isOfWorld: boolean },
  world: World,
): Undiscovered | null {
  const out: Hop[] = (['output', 'postrouting'] as const).map((hook) => ({ hook, inInterface: '', outInterface: name }));
  const into: Hop[] = (['prerouting', 'input'] as const).map((hook) => ({ hook, inInterface: name, outInterface: '' }));
  const pass = (neighbour: Neighbour, hops: Hop[]): Exit | null => {
    const packet = makeNeighbour(neighbour);
    const exits = hops.map((hop) => passHook(packet, hop, world, makeLog({ ...world, isTraced: false, watch: null }, 'ipv6')));
    return exits.find(({ verdict }) => verdict !== 'accept') ?? null;
  };
  const solicitation = pass({ type: 'solicitation', from: asker, to: target }, isOfWorld ? out : into);
  const ended = solicitation ?? pass({ type: 'advertisement', from: target, to: asker }, isOfWorld ? into : out);
  if (ended === null) {
    return null;
  }
  if (ended.verdict !== 'drop' && ended.verdict !== 'reject') {
    return UNKNOWN;
  }
  const cause = solicitation === null ? 'answer-eaten' : ended.verdict === 'drop' ? 'dropped' : 'rejected';
  return { kind: 'undiscovered', cause, by: ended.by };
}
