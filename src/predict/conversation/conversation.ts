import type { Cause, Outcome } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import type { Client } from '../rule/condition.js';
import type { Fate } from './fate.js';
import type { End, Ends, Packet, Sender } from '../world/packet.js';
import type { Decider } from '../chains/walk.js';
import type { World } from './hooks.js';
import { findMachine, findWorld } from './discovery.js';
import { makeUnreachable } from '../world/refusal.js';
import { lead, stay, type Way } from './way.js';

/** The kernel gives up the search for a neighbour after 0.3 s: loopfw has set its pauses so. */
const UNREACHABLE_MS = 300;

/** What a client asks. */
export interface Probe extends Client {
  protocol: 'tcp' | 'udp' | 'icmp';
  family: Family;
  /** What it sends. TCP: null, if the connection is enough. */
  payload: string | null;
  /** TCP: how often it sends its SYN until it gives up. */
  attempts: number;
  timeoutMs: number;
  /** TCP: whether it waits for what the server sends first. */
  isReading: boolean;
  sender: Sender;
  /** The socket of a server in the world. */
  server: Sender;
}

/** The packets between a client and what answers it. */
export class Conversation {
  readonly probe: Probe;
  readonly world: World;
  readonly ways: Way[] = [];

  constructor(probe: Probe, world: World) {
    this.probe = probe;
    this.world = world;
  }

  /** Sends a packet of the client. */
  ask(make: (ends: Ends) => Packet): Way {
    const packet = make(this.probe);
    packet.sender = this.probe.via === null ? this.probe.sender : 'none';
    const isFirst = packet.family === 'ipv6' && this.ways.every(({ end }) => end.kind === 'undiscovered');
    return this.#note(isFirst ? this.#find(packet) : lead(packet, this.probe.via, this.world));
  }

  /**
   * Sends an answer from where a request has arrived.
   * @param sender the socket that sends it, if it is in the world
   */
  answer(packet: Packet, via: string | null, sender: Sender): Way {
    packet.sender = via === null ? sender : 'none';
    return this.#note(lead(packet, via, this.world));
  }

  /** Whether an answer has come to the client's own socket. An error names the packet that it answers. */
  isHeard({ packet, end }: Way): boolean {
    const { source, destination, via } = this.probe;
    if (end.kind !== 'arrived' || end.via !== via || packet.destination.address !== source.address) {
      return false;
    }
    return packet.content.kind === 'icmp' && packet.content.about !== null
      ? true
      : packet.source.address === destination.address && isSamePort(packet.source, destination) && isSamePort(packet.destination, source);
  }

  known(outcome: Outcome, cause: Cause, rule: Decider | null): Fate {
    return { kind: 'known', outcome, cause, rule, ways: this.ways, guessed: [] };
  }

  /** A machine looks for the world before it sends. The world looks for a machine when its packet has passed all hooks. */
  #find(packet: Packet): Way {
    const { via } = this.probe;
    const first = via === null ? null : findWorld(packet, via, this.world);
    if (first !== null) {
      return { ...stay(packet), end: first };
    }
    const way = lead(packet, via, this.world);
    const { end } = way;
    const second = end.kind === 'arrived' && end.via !== null && !end.isDirect ? findMachine(packet, end.via, via, this.world) : null;
    return second === null ? way : { ...way, end: second };
  }

  /** What a client sees when nobody has answered the search for a neighbour: the world tells a client of its own, if the rules let it. */
  getUndiscovered(packet: Packet): Outcome | null {
    const { timeoutMs, protocol, via } = this.probe;
    if (timeoutMs <= UNREACHABLE_MS) {
      return 'timeout';
    }
    const error = makeUnreachable(packet, 'icmp6-addr-unreachable', packet.source.address, 'nothing');
    const answer = via === null && packet.family === 'ipv6' ? this.#note(lead(error, null, this.world)) : null;
    if (answer !== null && answer.end.kind === 'unknown') {
      return null;
    }
    // The error is none for a connected socket of UDP (udpv6_err).
    return protocol === 'udp' || (answer !== null && getEnder(answer) !== null) ? 'timeout' : 'unreachable';
  }

  #note(way: Way): Way {
    this.ways.push(way);
    if (way.end.kind === 'rejected' && way.end.answer !== null) {
      this.ways.push(way.end.answer);
    }
    return way;
  }
}

export function unknownFate(...why: string[]): Fate {
  return { kind: 'unknown', why };
}

/** Why the way of a packet, or of its refusal, is not known; null if it is. */
export function getDoubt({ end }: Way): string | null {
  switch (end.kind) {
    case 'unknown':
      return end.why;
    case 'unrouted':
    case 'lost':
    case 'ignored':
    case 'unanswered':
    case 'undiscovered':
      return 'an answer that routing ends';
    case 'rejected':
      return end.answer && getDoubt(end.answer);
    default:
      return null;
  }
}

/** Whether an answer went from machine to machine, so that the world could not translate it back. */
export function isDirect({ end }: Way): boolean {
  return end.kind === 'arrived' && end.isDirect;
}

/** What a client sees of a request that routing has ended; null if it has not. */
export function getRoutingFate(conversation: Conversation, { packet, accept, end }: Way): Fate | null {
  switch (end.kind) {
    case 'unrouted':
      return conversation.known(end.outcome, 'local', accept);
    case 'lost':
      return conversation.known('timeout', 'not-routed', null);
    case 'ignored':
      return conversation.known('timeout', 'silent', null);
    case 'unanswered':
    case 'undiscovered': {
      const outcome = conversation.getUndiscovered(packet);
      const [cause, by] = end.kind === 'undiscovered' ? [end.cause, end.by] : (['not-routed', null] as const);
      return outcome === null ? unknownFate('an ICMP error about a neighbour') : conversation.known(outcome, cause, by);
    }
    default:
      return null;
  }
}

/** The rule that ended a packet; null if it arrived. */
export function getEnder({ end }: Way): Decider | null {
  return end.kind === 'dropped' || end.kind === 'rejected' ? end.by : null;
}

function isSamePort({ ports: one }: End, { ports: other }: End): boolean {
  return one?.[0] === other?.[0] && one?.[1] === other?.[1];
}
