import type { TraceEvent } from '../../model/evidence.js';
import type { Step } from '../../model/result.js';
import { getWholeKey, type PacketHeaders, parseHeaders } from '../packet/headers.js';
import { getPacketKey } from '../packet/key.js';
import { HOLD_TABLE } from '../../words/nft-chain.js';
import { getRank, type HookPlace } from '../rules/hooks.js';
import type { IndexedChain, RuleIndex } from '../rules/rule-index.js';
import { PacketsByEndpoint } from './by-endpoint.js';
import { type Doubt, listInstabilities, type Situation } from './instabilities.js';
import type { Endpoint, TracedPacket } from './packet.js';
import { type MetRule, StepReader } from './steps.js';

interface Visit {
  packet: TracedPacket;
  hook: Step['hook'];
}

/** The empty list that nearly all packets share. An array for each of 100,000 packets would take 3 MB. */
const NONE: readonly never[] = [];

/** Headers that were seen at a chain. */
interface Arrival {
  chain: IndexedChain;
  station: HookPlace;
  /** Whether the event comes from the legacy trace, which has no visit ids. */
  isLegacy: boolean;
}

/**
 * Joins trace events to packets. Visits belong to one packet as long as the headers stay the same and the hooks come in their order.
 * Otherwise it is another packet: for example, a retransmitted SYN-ACK looks like the first.
 *
 * nft: only the first event of a visit carries headers. The others carry the visit's id, which the kernel uses again for later visits. An
 * event with headers starts a visit, and its id then means this visit.
 * legacy: every event carries headers and names its hook.
 */
export class JourneyLog {
  readonly #rules: RuleIndex;
  readonly #steps: StepReader;
  readonly #visits = new Map<number | null, Visit>();
  readonly #latest = new Map<string, TracedPacket>();
  readonly #alike = new Map<string, TracedPacket>();
  readonly #ends = new PacketsByEndpoint();
  /**
   * ICMP errors that answer a packet of which no message was seen, by its fingerprint. nf_tables tells of a REJECT only after its error has
   * met the rules. Behind DNAT, that is the first message with the packet as the error quotes it.
   */
  readonly #early = new Map<string, TracedPacket>();
  readonly #printed = new Map<string, TracedPacket>();
  readonly #heads = new Map<string, TracedPacket>();
  /** Solicitations and advertisements of IPv6 neighbour discovery, oldest first. */
  readonly discovery: TracedPacket[] = [];
  #packets = 0;

  readonly #onPacket: (packet: TracedPacket) => void;

  /** @param onPacket takes each packet when its first message is read, with nothing but its headers */
  constructor(rules: RuleIndex, onPacket: (packet: TracedPacket) => void = () => {}) {
    this.#rules = rules;
    this.#onPacket = onPacket;
    this.#steps = new StepReader(rules);
  }

  get size(): number {
    return this.#packets;
  }

  add(events: TraceEvent[]): void {
    for (const event of events) {
      const visit = event.headers === null ? this.#visits.get(event.id) : this.#visit(event, event.headers);
      if (visit) {
        visit.packet.mark = event.mark;
      }
      const met = visit && this.#steps.read(event, visit.hook);
      if (visit && met) {
        meet(visit.packet, met);
      }
    }
  }

  /** Must be called when events are lost. A visit id then has no known packet until an event with headers comes. */
  forgetVisits(): void {
    this.#visits.clear();
  }

  /** Forgets all packets with a lower number. Later messages about them begin new packets. */
  forget(before: number): void {
    for (const packets of [this.#latest, this.#alike, this.#early, this.#printed, this.#heads]) {
      for (const [key, { number }] of packets) {
        if (number < before) {
          packets.delete(key);
        }
      }
    }
    for (const [id, { packet }] of this.#visits) {
      if (packet.number < before) {
        this.#visits.delete(id);
      }
    }
    this.#ends.forget(before);
    this.discovery.splice(0, this.discovery.findLastIndex(({ number }) => number < before) + 1);
  }

  /** Packets from and to a client, and the ICMP errors that answer them: oldest first, starting with the packet number `since`. */
  getPackets(client: Endpoint, since = 0): TracedPacket[] {
    return this.#ends.get(client, since);
  }

  /** Lists why a retransmission of the packet may meet another decision. */
  listInstabilities(packet: TracedPacket, situation: Situation): Doubt[] {
    const steps = this.#rules.hasInstabilities ? packet.steps : NONE;
    const places = steps.flatMap((step) => {
      const place = this.#steps.getPlace(step);
      return place === null ? [] : [{ ...place, verdict: step.verdict }];
    });
    return listInstabilities(packet, places, situation);
  }

  #visit(event: TraceEvent, raw: NonNullable<TraceEvent['headers']>): Visit | undefined {
    if (event.table === HOLD_TABLE) {
      this.#visits.delete(event.id);
      this.#noteHold(event, raw);
      return undefined;
    }
    const chain = this.#rules.getChain(event);
    if (chain.known?.isObserver) {
      this.#visits.delete(event.id);
      this.#notePassage(event, raw, chain);
      return undefined;
    }
    const station = event.hook === null ? chain.station : this.#rules.getLegacyPlace(event.hook, event.table);
    const key = getPacketKey(event.family, raw);
    if (station === null || key === null) {
      this.#visits.delete(event.id);
      return undefined;
    }
    const arrival = { chain, station, isLegacy: event.id === null };
    const packet = this.#findSame(key, arrival) ?? this.#takeIn(parseHeaders(event.family, raw, key), raw.network, arrival);
    packet.isHeld = false;
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

  /**
   * Notes that a packet waits in loopfw's queue. When it goes on, the kernel begins a second visit to the hook OUTPUT, with headers again:
   * its chains come after those of the first.
   */
  #noteHold(event: TraceEvent, raw: NonNullable<TraceEvent['headers']>): void {
    const packet = this.#latest.get(getPacketKey(event.family, raw) ?? '');
    if (packet !== undefined && event.verdict === 'queue') {
      packet.isHeld = true;
    }
  }

  /** Notes that a packet has passed a hook. */
  #notePassage(event: TraceEvent, raw: NonNullable<TraceEvent['headers']>, { station }: IndexedChain): void {
    const key = getPacketKey(event.family, raw);
    if (key === null || station === null) {
      return;
    }
    let packet = this.#latest.get(key);
    let headers = packet && [packet.headers, ...packet.rewrites].find((known) => known.key === key);
    if (packet === undefined || headers === undefined) {
      headers = parseHeaders(event.family, raw, key);
      packet = this.#alike.get(headers.looseKey) ?? this.#findHead(headers, raw.network);
      if (packet === undefined) {
        return;
      }
      this.#noteRewrite(packet, headers);
    }
    const { hook } = station;
    packet.mark = event.mark;
    packet.passed = [...packet.passed, { hook, device: hook === 'postrouting' ? event.outIndex : event.inIndex, headers }];
  }

  #noteRewrite(packet: TracedPacket, headers: PacketHeaders): void {
    packet.rewritten = headers;
    packet.rewrites = [...packet.rewrites, headers];
    const place = packet.translation?.place;
    if (place !== undefined && packet.translated.at(-1)?.place !== place) {
      packet.translated = [...packet.translated, { place, headers }];
    }
    this.#index(packet, headers);
    const early = this.#early.get(headers.fingerprint);
    if (early !== undefined && early.number > packet.number) {
      this.#early.delete(headers.fingerprint);
      this.#addError(packet, early);
    }
  }

  /**
   * The packet with the same headers, if it can visit this chain. It nearly always exists, so this lookup must be fast: it needs no parsed
   * headers.
   */
  #findSame(key: string, arrival: Arrival): TracedPacket | null {
    const same = this.#latest.get(key);
    return same !== undefined && (canComeTo(same, arrival) || isThere(same, arrival)) ? same : null;
  }

  /** The packet that is the same except for what NAT rewrites, or its first fragment, if it can visit this chain. Otherwise a new packet. */
  #takeIn(headers: PacketHeaders, network: Uint8Array, arrival: Arrival): TracedPacket {
    const alike = this.#alike.get(headers.looseKey) ?? this.#findHead(headers, network);
    if (alike === undefined || !canComeTo(alike, arrival) || alike.headers.key === headers.key) {
      return this.#addPacket(headers);
    }
    this.#noteRewrite(alike, headers);
    return alike;
  }

  /**
   * The first fragment of a packet that came in fragments. The kernel puts them together where connection tracking needs it, and at the
   * latest before INPUT (ip_local_deliver in net/ipv4/ip_input.c). Fragments are rare, and most often there is nothing to look for.
   */
  #findHead({ family, fragment }: PacketHeaders, network: Uint8Array): TracedPacket | undefined {
    return this.#heads.size > 0 && family === 'ipv4' && fragment === null ? this.#heads.get(getWholeKey(network)) : undefined;
  }

  #addPacket(headers: PacketHeaders): TracedPacket {
    const number = this.#packets++;
    const packet: TracedPacket = {
      number,
      headers,
      rewritten: null,
      rewrites: NONE,
      translated: NONE,
      head: null,
      errors: NONE,
      passed: NONE,
      isHeld: false,
      mark: 0,
      translation: null,
      steps: [],
      end: null,
      accept: null,
      rank: -1,
      visited: [],
    };
    this.#onPacket(packet);
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
    // The identification of IPv4 has only 16 bits and repeats. An error answers the latest packet with this fingerprint.
    const answered = headers.icmp?.embedded ? this.#printed.get(headers.icmp.embedded) : undefined;
    if (answered !== undefined && answered !== packet) {
      this.#addError(answered, packet);
    } else if (answered === undefined && headers.icmp?.embedded) {
      this.#early.set(headers.icmp.embedded, packet);
    }
    this.#printed.set(headers.fingerprint, packet);
  }

  /** Adds an error to the packet that it answers. A lookup by any address of that packet then finds the error too. */
  #addError(answered: TracedPacket, error: TracedPacket): void {
    answered.errors = [...answered.errors, error];
    this.#ends.add(error, answered.headers);
    for (const rewrite of answered.rewrites) {
      this.#ends.add(error, rewrite);
    }
  }
}

/** Whether the packet can visit this chain next. The kernel runs each chain of one priority once, in an order of its own. */
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
      // A receiver cannot reassemble a packet with a missing fragment: a rule that ends one fragment ends the packet.
      meet(packet.head, met);
    }
  } else if (passes === 'translated') {
    packet.translation = { rule, destination: met.destination, place: packet.steps.length - 1 };
    packet.accept ??= rule;
  } else if (passes === 'accepted') {
    // An ACCEPT decides that the packet enters, so a later MASQUERADE does not replace it.
    packet.accept = rule;
  }
}
