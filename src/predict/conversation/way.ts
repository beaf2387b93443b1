import type { Step } from '../../model/result.js';
import type { Questions } from '../chains/asked.js';
import type { Decider, Exit } from '../chains/walk.js';
import { findRoute } from '../world/network.js';
import type { Packet } from '../world/packet.js';
import { makeRefusal } from '../world/refusal.js';
import { canDiscover } from './discovery.js';
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

/**
 * Leads a packet through the world.
 * @param from the interface by which it comes in; null if the world itself sends it
 */
export function lead(packet: Packet, from: string | null, world: World): Way {
  const log = makeLog(world, packet.family);
  const finish = (end: Way['end']): Way => ({
    packet,
    steps: log.steps,
    questions: log.questions,
    accept: log.accepted ?? log.translated,
    end,
  });
  const pass = (hop: Hop): Way['end'] | null => {
    const exit = passHook(packet, hop, world, log);
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
      const answer = makeRefusal(packet, exit.with, world.network);
      if (answer !== null && 'unknown' in answer) {
        return { kind: 'unknown', why: answer.unknown };
      }
      return { kind: 'rejected', by: exit.by, with: exit.with, isTold, answer: answer && lead(answer, null, world) };
    }
  }
}
