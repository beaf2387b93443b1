import type { TraceEvent } from '../model/evidence.js';
import type { DoubtKind } from '../model/plan.js';
import type { Step } from '../model/result.js';
import type { Endpoint } from './endpoint.js';
import { getPacketKey } from './get-packet-key.js';
import { getRank, getStationAt, type Station } from './hooks.js';
import { listDoubts } from './list-doubts.js';
import { PacketsByEndpoint } from './packets-by-endpoint.js';
import { parseHeaders, type PacketHeaders } from './parse-headers.js';
import type { MetRule } from './read-step.js';
import type { IndexedChain, RuleIndex } from './rule-index.js';
import { StepReader } from './step-reader.js';
import type { TracedPacket } from './traced-packet.js';

export type { Endpoint };

interface Visit {
  packet: TracedPacket;
  hook: Step['hook'];
}

/** What nearly every packet has of what is rare: one for all, where an array for each of 100,000 would be 3 MB. */
const NONE: readonly never[] = [];

/** Headers at a chain. */
interface Arrival {
  chain: IndexedChain;
  station: Station;
  /** Without ids of visits. */
  isLegacy: boolean;
}

/**
 * Joins trace events to packets. A packet goes on from one visit of a hook to the next as long as its headers stay the same and its hooks
 * come in their order; else it is another packet (a retransmitted SYN-ACK looks like the first).
 *
 * nft: only the first event of a visit carries headers, the others carry the visit's id, which the kernel uses again and again. Headers
 * open a visit, and replace what their id meant before. legacy: every event carries headers and says its hook.
 */
export class JourneyLog {
  readonly #rules: RuleIndex;
  readonly #steps: StepReader;
  readonly #visits = new Map<number | null, Visit>();
  readonly #latest = new Map<string, TracedPacket>();
  readonly #alike = new Map<string, TracedPacket>();
  readonly #ends = new PacketsByEndpoint();
  readonly #printed = new Map<string, TracedPacket>();
  readonly #heads = new Map<string, TracedPacket>();
  /** IPv6's questions for neighbours, and the answers, oldest first. */
  readonly discovery: TracedPacket[] = [];
  #packets = 0;

  constructor(rules: RuleIndex) {
    this.#rules = rules;
    this.#steps = new StepReader(rules);
  }

  /** How many packets there are. */
  get size(): number {
    return this.#packets;
  }

  add(events: TraceEvent[]): void {
    for (const event of events) {
      const visit = event.headers === null ? this.#visits.get(event.id) : this.#visit(event, event.headers);
      const met = visit && this.#steps.read(event, visit.hook);
      if (visit && met) {
        meet(visit.packet, met);
      }
    }
  }

  /** To be called where events are missing: which packet an id means can then not be told until headers come again. */
  forgetVisits(): void {
    this.#visits.clear();
  }

  /** Packets from and to a client, and the ICMP errors that answer them: oldest first, from the given number on. */
  getPackets(client: Endpoint, since = 0): TracedPacket[] {
    return this.#ends.get(client, since);
  }

  /** Why a retransmission may fare otherwise than a packet did. */
  listDoubts(packet: TracedPacket, hasOnlyLo: boolean): Set<DoubtKind> {
    const steps = this.#rules.hasDoubts ? packet.steps : NONE;
    const subjects = steps.map((step) => this.#steps.getSubject(step)).filter((subject) => subject !== null);
    return listDoubts(packet, subjects, hasOnlyLo);
  }

  #visit(event: TraceEvent, raw: NonNullable<TraceEvent['headers']>): Visit | undefined {
    const chain = this.#rules.getChain(event);
    const station = event.hook === null ? chain.station : getStationAt(event.hook, event.table);
    const key = getPacketKey(event.family, raw);
    if (station === null || key === null) {
      this.#visits.delete(event.id);
      return undefined;
    }
    const arrival = { chain, station, isLegacy: event.id === null };
    const packet = this.#findSame(key, arrival) ?? this.#takeIn(parseHeaders(event.family, raw, key), arrival);
    const rank = getRank(station, packet.rank);
    if (packet.rank !== rank) {
      packet.rank = rank;
      packet.visited = chain.alone;
    } else if (!packet.visited.includes(chain)) {
      packet.visited = [...packet.visited, chain];
    }
    const visit = { packet, hook: station.hook };
    if (event.id !== null) {
      this.#visits.set(event.id, visit);
    }
    return visit;
  }

  /** The packet that looks the same, and has not come as far yet. Nearly always there is one: only what is not parsed is quick to find. */
  #findSame(key: string, arrival: Arrival): TracedPacket | null {
    const same = this.#latest.get(key);
    return same !== undefined && (canComeTo(same, arrival) || isThere(same, arrival)) ? same : null;
  }

  /** The packet that looks the same but for what NAT rewrites, and has not come as far yet; else a new one. */
  #takeIn(headers: PacketHeaders, arrival: Arrival): TracedPacket {
    const alike = this.#alike.get(headers.looseKey);
    if (alike === undefined || !canComeTo(alike, arrival) || alike.headers.key === headers.key) {
      return this.#addPacket(headers);
    }
    alike.rewritten = headers;
    alike.rewrites = [...alike.rewrites, headers];
    this.#index(alike, headers);
    return alike;
  }

  #addPacket(headers: PacketHeaders): TracedPacket {
    const number = this.#packets++;
    const packet: TracedPacket = {
      number,
      headers,
      rewritten: null,
      rewrites: NONE,
      head: null,
      errors: NONE,
      steps: [],
      end: null,
      accept: null,
      rank: -1,
      visited: [],
    };
    this.#alike.set(headers.looseKey, packet);
    if (headers.fragment?.isFirst === false) {
      packet.head = this.#heads.get(headers.fragment.whole) ?? null;
      this.#latest.set(headers.key, packet);
      return packet;
    }
    if (headers.fragment !== null) {
      this.#heads.set(headers.fragment.whole, packet);
    }
    if (headers.icmp?.kind === 'solicitation' || headers.icmp?.kind === 'advertisement') {
      this.discovery.push(packet);
    }
    this.#index(packet, headers);
    return packet;
  }

  #index(packet: TracedPacket, headers: PacketHeaders): void {
    this.#latest.set(headers.key, packet);
    this.#ends.add(packet, headers);
    for (const error of packet.errors) {
      this.#ends.add(error, headers);
    }
    // IPv4's identification has 16 bits: it is the latest packet that an error answers.
    const answered = headers.icmp?.embedded ? this.#printed.get(headers.icmp.embedded) : undefined;
    if (answered !== undefined && answered !== packet) {
      this.#addError(answered, packet);
    }
    this.#printed.set(headers.fingerprint, packet);
  }

  /** Whoever looks for the packet finds the error too. */
  #addError(answered: TracedPacket, error: TracedPacket): void {
    answered.errors = [...answered.errors, error];
    this.#ends.add(error, answered.headers);
    for (const rewrite of answered.rewrites) {
      this.#ends.add(error, rewrite);
    }
  }
}

/** Of chains that have the same priority the kernel asks each once, in an order of its own. */
function canComeTo({ rank: reached, visited }: TracedPacket, { chain, station, isLegacy }: Arrival): boolean {
  const rank = getRank(station, reached);
  return reached < rank || (reached === rank && !isLegacy && !visited.includes(chain));
}

/** legacy: a packet meets several rules of a chain, and each event has its headers. */
function isThere({ rank }: TracedPacket, { station, isLegacy }: Arrival): boolean {
  return isLegacy && rank === getRank(station, rank);
}

function meet(packet: TracedPacket, met: MetRule): void {
  const { step, rule, passes } = met;
  packet.steps.push(step);
  if (step.verdict === 'drop' || step.verdict === 'reject') {
    packet.end = { verdict: step.verdict, rule };
    if (packet.head?.end === null) {
      // Nobody takes in a packet of which a part is missing: what ends one of its fragments ends it.
      meet(packet.head, met);
    }
  } else if (passes === 'accepted' || (passes === 'translated' && packet.accept === null)) {
    // A MASQUERADE after the ACCEPT that let the packet in has not let it in.
    packet.accept = rule;
  }
}
