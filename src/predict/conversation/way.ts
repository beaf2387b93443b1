import type { Step } from '../../model/result.js';
import type { Questions } from '../chains/asked.js';
import type { Decider, Exit, Log } from '../chains/walk.js';
import { findNeighbour, findRoute, isLocal, isLocalnet, isLoopback, type Network } from '../world/network.js';
import { toQuery } from '../world/routing.js';
import type { Packet } from '../world/packet.js';
import { makeRefusal } from '../world/refusal.js';
import type { Undiscovered } from './discovery.js';
import { type Hop, makeLog, passHook, type World } from './hooks.js';

/** One packet, and what became of it. */
export interface Way {
  packet: Packet;
  steps: Step[];
  /** What it was asked; null if nobody wants to know. */
  questions: Questions | null;
  /** The last ACCEPT rule that it met. If there is none, a rule that only translates. */
  accept: Decider | null;
  end:
    | {
        kind: 'arrived';
        /** the interface by which it left the world; null if it arrived in the world */ via: string | null;
        /** whether it went from machine to machine, and the world has not seen it */ isDirect: boolean;
      }
    | { kind: 'dropped'; by: Decider; /** whether its sender learns of it: it had not yet left */ isTold: boolean }
    | {
        kind: 'rejected';
        by: Decider;
        with: string;
        /** what became of the answer; null if none was sent */ answer: Way | null;
        isTold: boolean;
      }
    | { kind: 'unrouted'; /** what its sender sees */ outcome: 'unreachable' | 'denied' }
    | { /** Routing ended it, and said nothing. */ kind: 'lost' }
    | { /** The machine takes its source for a martian. */ kind: 'ignored' }
    | { /** Nobody at the interface has the address. */ kind: 'unanswered' }
    | Undiscovered
    | { kind: 'unknown'; why: string };
}

/**
 * Leads a packet through the world.
 * @param from the interface by which it comes in; null if the world itself sends it
 */
export function lead(packet: Packet, from: string | null, world: World): Way {
  const log = makeLog(world, packet.family);
  const end = findDoubt(packet, from, world) ?? (from === null ? send(packet, world, log) : receive(packet, from, world, log));
  return { packet, steps: log.steps, questions: log.questions, accept: log.accepted ?? log.translated, end };
}

type End = Way['end'];

/** What is not known before the packet meets a rule. */
function findDoubt(packet: Packet, from: string | null, world: World): End | null {
  if (from !== null && packet.content.kind !== 'tcp' && world.network.interfaces.some(({ mtu }) => packet.length > mtu)) {
    return { kind: 'unknown', why: 'fragments' };
  }
  return null;
}

/** A packet of the world itself. On lo it comes in again. */
function send(packet: Packet, world: World, log: Log): End {
  const find = () => findRoute(toQuery(packet, 'lo'), world.network);
  const first = find();
  if (first.to === 'unknown') {
    return { kind: 'unknown', why: first.why };
  }
  if (first.to === 'nowhere') {
    return { kind: 'unrouted', outcome: first.isProhibited ? 'denied' : 'unreachable' };
  }
  if (first.to === 'broadcast') {
    // connect(2) of TCP fails with ENETUNREACH, and a socket without SO_BROADCAST with EACCES.
    return { kind: 'unrouted', outcome: packet.content.kind === 'tcp' ? 'unreachable' : 'denied' };
  }
  const out = { hook: 'output', inInterface: '', outInterface: first.to === 'world' ? 'lo' : first.by.name } as const;
  const end = toEnd(passHook(packet, out, world, log), packet, true, world);
  if (end !== null) {
    return end;
  }
  const route = find();
  if (route.to === 'unknown' || route.to === 'broadcast' || route.to === 'nowhere') {
    return { kind: 'unknown', why: route.to === 'unknown' ? route.why : 'a broadcast address' };
  }
  const outInterface = route.to === 'world' ? 'lo' : route.by.name;
  if (route.to === 'machine' && packet.content.kind !== 'tcp' && packet.length > route.by.mtu) {
    return { kind: 'unknown', why: 'fragments' };
  }
  const later = toEnd(passHook(packet, { hook: 'postrouting', inInterface: '', outInterface }, world, log), packet, true, world);
  if (later !== null) {
    return later;
  }
  if (route.to !== 'world') {
    if (isLoopback(packet.source.address)) {
      return { kind: 'ignored' };
    }
    return route.to === 'nobody' ? { kind: 'unanswered' } : { kind: 'arrived', via: outInterface, isDirect: false };
  }
  packet.sender = 'none';
  return receive(packet, 'lo', world, log);
}

/** A packet that comes in by an interface. */
function receive(packet: Packet, from: string, world: World, log: Log): End {
  const { network } = world;
  const pass = (hop: Hop, isBridged = false) => toEnd(passHook(packet, hop, world, log), packet, false, world, isBridged ? from : null);
  const beside = findNeighbour(packet, from, network);
  if (beside !== null && beside.kind === 'cable') {
    return { kind: 'arrived', via: from, isDirect: true };
  }
  const [source, destination] = [packet.source.address, packet.destination.address];
  const into = getPort(source, from, network);
  const end = pass({ hook: 'prerouting', inInterface: from, outInterface: '', ports: into === null ? null : { in: into, out: null } });
  if (end !== null) {
    return end;
  }
  if (beside !== null && packet.destination.address === destination) {
    // A bridge shows its packets to the rules (br_netfilter).
    const out = getPort(destination, from, network);
    const ports = into === null ? null : { in: into, out };
    return (
      pass({ hook: 'forward', inInterface: from, outInterface: from, ports }, true) ??
      pass({ hook: 'postrouting', inInterface: '', outInterface: from, ports }) ?? { kind: 'arrived', via: from, isDirect: false }
    );
  }
  if (from !== 'lo' && (isLocal(source, network) || (isLoopback(packet.destination.address) && !isLocalnet(from, network)))) {
    return { kind: 'lost' };
  }
  const route = findRoute(toQuery(packet, from), network);
  if (route.to === 'world') {
    return (
      pass({ hook: 'input', inInterface: from, outInterface: '', ports: into === null ? null : { in: into, out: null } }) ?? {
        kind: 'arrived',
        via: null,
        isDirect: false,
      }
    );
  }
  if (from !== 'lo' && !network.forwards[packet.family] && route.to !== 'unknown') {
    return { kind: 'lost' };
  }
  if (route.to !== 'machine' || from === 'lo') {
    return { kind: 'unknown', why: route.to === 'unknown' ? route.why : 'an ICMP error of routing' };
  }
  packet.hops--;
  const outInterface = route.by.name;
  return (
    pass({ hook: 'forward', inInterface: from, outInterface }) ??
    pass({ hook: 'postrouting', inInterface: '', outInterface }) ?? { kind: 'arrived', via: outInterface, isDirect: false }
  );
}

/** The port of the bridge on which a machine is; null if the interface is none. */
function getPort(address: string, name: string, { interfaces }: Network): string | null {
  const by = interfaces.find((each) => each.name === name);
  return by?.machines.find(({ addresses }) => addresses.includes(address))?.port ?? null;
}

/** @param bridge on which the packet is, from machine to machine: a RST goes back there without meeting a rule (nf_send_reset) */
function toEnd(exit: Exit, packet: Packet, isTold: boolean, world: World, bridge: string | null = null): End | null {
  switch (exit.verdict) {
    case 'accept':
      return null;
    case 'drop':
      return { kind: 'dropped', by: exit.by, isTold };
    case 'lost':
      // TCP sends it again in vain. send(2) of others fails.
      return packet.content.kind === 'tcp' ? { kind: 'lost' } : { kind: 'unrouted', outcome: exit.isProhibited ? 'denied' : 'unreachable' };
    case 'unknown':
      return { kind: 'unknown', why: exit.why };
    case 'reject': {
      const answer = makeRefusal(packet, exit.with, world.network);
      if (answer !== null && 'unknown' in answer) {
        return { kind: 'unknown', why: answer.unknown };
      }
      const isDirect = bridge !== null && exit.with === 'tcp-reset';
      return {
        kind: 'rejected',
        by: exit.by,
        with: exit.with,
        isTold,
        answer: answer && (isDirect ? { ...stay(answer), end: { kind: 'arrived', via: bridge, isDirect } } : lead(answer, null, world)),
      };
    }
  }
}

/** A packet that meets no rule. */
export function stay(packet: Packet): Omit<Way, 'end'> {
  return { packet, steps: [], questions: null, accept: null };
}
