import { TRACE_BUFFER_BYTES } from '../kernel/open-trace.js';
import type { TraceReader } from '../kernel/trace-reader.js';
import type { TraceHits } from '../model/evidence.js';
import type { DoubtKind } from '../model/plan.js';
import type { Backend, EvidenceKind } from '../model/result.js';
import { HitCounter } from '../trace/hit-counter.js';
import { JourneyLog, type Endpoint } from '../trace/journey-log.js';
import type { KnownChain } from '../trace/known-chain.js';
import { RuleIndex } from '../trace/rule-index.js';
import type { TracedPacket } from '../trace/traced-packet.js';

const SOURCES = { nft: 'trace', legacy: 'nflog' } as const satisfies Record<Backend, EvidenceKind>;

/** What a message takes of a socket's buffer: 1,283 with nft; with legacy 832, and 1,275 where the packet has much data (measured). */
const MESSAGE_BYTES = 1283;
const LITTLE_ROOM = 4096;

/** Reads the kernel's trace of one rule set, from the moment that it is made. */
export class Observer {
  readonly #backend: Backend;
  readonly #reader: TraceReader;
  readonly #journeys: JourneyLog;
  readonly #hits: HitCounter;
  readonly #bufferBytes: number;
  /** How often the kernel has had to throw messages away. */
  #losses = 0;
  #messages = 0;
  /** Messages that came while these rules took the place of others: nobody can tell whose they are. */
  readonly unattributed: number;

  /** @param reader was opened before the rules were there */
  constructor(reader: TraceReader, backend: Backend, chains: KnownChain[]) {
    this.#backend = backend;
    this.#reader = reader;
    const rules = new RuleIndex(chains);
    this.#journeys = new JourneyLog(rules);
    this.#hits = new HitCounter(rules);
    const { events, lost } = reader.drain();
    this.unattributed = events.length;
    this.#losses += lost ? 1 : 0;
    this.#bufferBytes = reader.getBufferBytes();
  }

  /** How many packets have been seen up to this moment: what comes later has that number, or a higher one. */
  countPackets(): number {
    this.#read();
    return this.#journeys.size;
  }

  /** How many messages the kernel has sent up to this moment. */
  countMessages(): number {
    this.#read();
    return this.#messages;
  }

  /** What has become of the packets from and to a client, up to this moment: of those from the given number on. */
  getPackets(client: Endpoint, since: number): TracedPacket[] {
    this.#read();
    return this.#journeys.getPackets(client, since);
  }

  /** Why a retransmission may fare otherwise than a packet did. */
  listDoubts(packet: TracedPacket, hasOnlyLo: boolean): Set<DoubtKind> {
    return this.#journeys.listDoubts(packet, hasOnlyLo);
  }

  /** IPv6's questions for neighbours, and the answers, up to the latest look at the trace. */
  getDiscovery(): TracedPacket[] {
    return this.#journeys.discovery;
  }

  /** To be called before the kernel's counters are read, as getHits() after. */
  markHits(): void {
    this.#read();
    this.#hits.mark();
  }

  /** How often each rule has matched, up to this moment. */
  getHits(): TraceHits[] {
    this.#read();
    return this.#hits.getHits();
  }

  /** Where this evidence comes from. */
  get source(): EvidenceKind {
    return SOURCES[this.#backend];
  }

  /** How many times, up to the latest look, the kernel has had to throw trace messages away. What came between two looks is lost by the second one. */
  get losses(): number {
    return this.#losses;
  }

  /** How many messages the kernel keeps between two looks. */
  get room(): number {
    return Math.floor(this.#bufferBytes / MESSAGE_BYTES);
  }

  /** Whether a few connects through some rules can fill it: then it must be looked at often. */
  get hasLittleRoom(): boolean {
    return this.room < LITTLE_ROOM;
  }

  /** Whether that is less than it was asked for. */
  get isRoomLimited(): boolean {
    return this.#bufferBytes < TRACE_BUFFER_BYTES;
  }

  close(): void {
    this.#reader.close();
  }

  #read(): void {
    const { events, lost } = this.#reader.drain();
    if (lost) {
      this.#losses++;
      this.#journeys.forgetVisits();
    }
    if (events.length === 0) {
      return;
    }
    this.#messages += events.length;
    this.#journeys.add(events);
    this.#hits.add(events);
  }
}
