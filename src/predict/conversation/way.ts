import type { Step } from '../../model/result.js';
import type { Family, Table } from '../../model/rule.js';
import type { Guess } from '../rule/action.js';
import type { Client, Memory, Place } from '../rule/condition.js';
import { type Connections, MANIPULATIONS, translate } from '../world/connections.js';
import { findRoute, type Network } from '../world/network.js';
import { LINK_LOCAL, makeNeighbour, type Neighbour } from '../world/neighbour.js';
import type { Packet } from '../world/packet.js';
import { makeRefusal } from '../world/refusal.js';
import type { ReadRuleSet } from '../chains/rule-set.js';
import { type Decider, type Exit, type Log, walk } from '../chains/walk.js';

/** Everything that a packet meets in a world. */
export interface World {
  ruleSets: Record<Family, ReadRuleSet>;
  network: Network;
  connections: Connections;
  client: Client;
  memory: Memory;
  guess: Guess;
}

/** One packet, and what became of it. */
export interface Way {
  packet: Packet;
  steps: Step[];
  /** The last ACCEPT rule that it met. If there is none, a rule that only translates. */
  accept: Decider | null;
  end:
    | { kind: 'arrived'; /** the interface by which it left the world; null if it arrived in the world */ via: string | null }
    | { kind: 'dropped'; by: Decider; /** whether its sender learns of it: it had not yet left */ isTold: boolean }
    | {
        kind: 'rejected';
        by: Decider;
        with: string;
        /** what became of the answer; null if none was sent */ answer: Way | null;
        isTold: boolean;
      }
    | { kind: 'unrouted' }
    | { kind: 'unknown'; why: string };
}

/** The tables at each hook, in the order of their priorities. Connection tracking comes after raw. */
const TABLES: Record<Step['hook'], Table[]> = {
  prerouting: ['raw', 'mangle', 'nat'],
  input: ['mangle', 'filter', 'nat'],
  forward: ['mangle', 'filter'],
  output: ['raw', 'mangle', 'nat', 'filter'],
  postrouting: ['mangle', 'nat'],
};

/** A hook on the way of a packet, and the interfaces that it has there. */
type Hop = Pick<Place, 'hook' | 'inInterface' | 'outInterface'>;

/**
 * Leads a packet through the world.
 * @param from the interface by which it comes in; null if the world itself sends it
 */
export function lead(packet: Packet, from: string | null, world: World): Way {
  const log = makeLog();
  const finish = (end: Way['end']): Way => ({ packet, steps: log.steps, accept: log.accepted ?? log.translated, end });
  const pass = (hop: Hop): Way['end'] | null => {
    const exit = passHook(packet, toPlace(hop, world), world, log);
    const isTold = from === null && (hop.hook === 'output' || hop.hook === 'postrouting');
    return toEnd(exit, packet, isTold, world);
  };
  let inInterface = from ?? '';
  if (from !== null && packet.content.kind !== 'tcp' && world.network.interfaces.some(({ mtu }) => packet.length > mtu)) {
    return finish({ kind: 'unknown', why: 'fragments' });
  }
  if (packet.family === 'ipv6' && !canDiscover(packet, from, world)) {
    return finish({ kind: 'unknown', why: 'neighbour discovery' });
  }
  if (from === null) {
    const first = findRoute(packet.destination.address, world.network);
    if (first.to === 'unknown') {
      return finish({ kind: 'unknown', why: first.why });
    }
    if (first.to === 'nowhere') {
      return finish({ kind: 'unrouted' });
    }
    if (first.to === 'machine' && isLoopback(packet.source.address)) {
      return finish({ kind: 'unknown', why: 'a loopback address that leaves by an interface' });
    }
    const end = pass({ hook: 'output', inInterface: '', outInterface: first.to === 'world' ? 'lo' : first.by.name });
    const route = findRoute(packet.destination.address, world.network);
    if (end !== null || route.to === 'unknown' || route.to === 'nowhere') {
      return finish(end ?? { kind: 'unknown', why: 'routing after NAT' });
    }
    const outInterface = route.to === 'world' ? 'lo' : route.by.name;
    if (route.to === 'machine' && packet.content.kind !== 'tcp' && packet.length > route.by.mtu) {
      return finish({ kind: 'unknown', why: 'fragments' });
    }
    const later = pass({ hook: 'postrouting', inInterface: '', outInterface });
    if (later !== null || outInterface !== 'lo') {
      return finish(later ?? { kind: 'arrived', via: outInterface });
    }
    packet.sender = 'none';
    inInterface = 'lo';
  }
  const end = pass({ hook: 'prerouting', inInterface, outInterface: '' });
  if (end !== null) {
    return finish(end);
  }
  if (inInterface !== 'lo' && isLoopback(packet.destination.address)) {
    return finish({ kind: 'unknown', why: 'a loopback address on an interface' });
  }
  const route = findRoute(packet.destination.address, world.network);
  if (route.to === 'world') {
    return finish(pass({ hook: 'input', inInterface, outInterface: '' }) ?? { kind: 'arrived', via: null });
  }
  if (route.to !== 'machine' || !world.network.forwards[packet.family] || inInterface === 'lo' || route.by.name === inInterface) {
    return finish({ kind: 'unknown', why: 'routing' });
  }
  packet.hops--;
  const forward = { inInterface, outInterface: route.by.name };
  const outEnd = pass({ hook: 'forward', ...forward }) ?? pass({ hook: 'postrouting', inInterface: '', outInterface: route.by.name });
  return finish(outEnd ?? { kind: 'arrived', via: route.by.name });
}

/**
 * Whether the rules let pass what finds the machines at the interfaces of a packet's way (RFC 4861): solicitations and advertisements, from
 * link-local addresses and from others.
 */
function canDiscover({ source, destination }: Packet, from: string | null, world: World): boolean {
  const route = findRoute(destination.address, world.network);
  const interfaces = world.network.interfaces.filter(({ name }) => name === from || (route.to === 'machine' && name === route.by.name));
  return interfaces.every(({ name, addresses, machines }) => {
    const machine = machines.find((address) => address === source.address || address === destination.address) ?? LINK_LOCAL;
    const own = addresses.find((address) => address.length === machine.length) ?? LINK_LOCAL;
    const isPassing = (neighbour: Neighbour, hops: Hop[]) =>
      hops.every((hop) => passHook(makeNeighbour(neighbour), toPlace(hop, world), world, makeLog()).verdict === 'accept');
    const out: Hop[] = (['output', 'postrouting'] as const).map((hook) => ({ hook, inInterface: '', outInterface: name }));
    const into: Hop[] = (['prerouting', 'input'] as const).map((hook) => ({ hook, inInterface: name, outInterface: '' }));
    return [own, LINK_LOCAL].every(
      (address) =>
        isPassing({ type: 'solicitation', from: address, to: machine }, out) &&
        isPassing({ type: 'advertisement', from: address, to: machine }, out) &&
        isPassing({ type: 'solicitation', from: machine, to: address }, into) &&
        isPassing({ type: 'advertisement', from: machine, to: address }, into),
    );
  });
}

function toPlace(hop: Hop, { network, client, memory }: World): Place {
  return { ...hop, network, client, memory };
}

function makeLog(): Log {
  return { steps: [], accepted: null, translated: null };
}

function isLoopback(address: string): boolean {
  return address.length === 8 && address.startsWith('7f');
}

function toEnd(exit: Exit, packet: Packet, isTold: boolean, world: World): Way['end'] | null {
  switch (exit.verdict) {
    case 'accept':
      return null;
    case 'drop':
      return { kind: 'dropped', by: exit.by, isTold };
    case 'unknown':
      return { kind: 'unknown', why: exit.why };
    case 'reject': {
      const answer = makeRefusal(packet, exit.with);
      return { kind: 'rejected', by: exit.by, with: exit.with, isTold, answer: answer && lead(answer, null, world) };
    }
  }
}

function passHook(packet: Packet, place: Place, world: World, log: Log): Exit {
  const rules = world.ruleSets[packet.family];
  for (const table of TABLES[place.hook]) {
    const exit = table === 'nat' ? passNat(packet, place, world, log) : walk(rules, table, packet, place, world.guess, log);
    if (exit.verdict !== 'accept') {
      return exit;
    }
    if (table === 'raw' && rules.isTracking) {
      world.connections.track(packet);
    }
  }
  if (place.hook === 'postrouting' || place.hook === 'input') {
    world.connections.confirm(packet);
  }
  return { verdict: 'accept' };
}

/** nf_nat_inet_fn(): the rules decide once for each flow and each kind of NAT. The kernel then translates every packet of the flow. */
function passNat(packet: Packet, place: Place, { ruleSets, guess }: World, log: Log): Exit {
  const { tracking, family } = packet;
  if (place.hook === 'forward' || typeof tracking === 'string' || !ruleSets[family].hasNat) {
    return { verdict: 'accept' };
  }
  const at = MANIPULATIONS[place.hook];
  if (tracking.state !== 'ESTABLISHED' && !tracking.flow.decided[at]) {
    const exit = walk(ruleSets[family], 'nat', packet, place, guess, log);
    if (exit.verdict !== 'accept') {
      return exit;
    }
    tracking.flow.decided[at] = true;
  }
  translate(packet, at);
  return { verdict: 'accept' };
}
