import { TRACE_BUFFER_BYTES } from '../../kernel/trace/open.js';
import type { TraceReader } from '../../kernel/trace/reader.js';
import type { TraceHits } from '../../model/evidence.js';
import type { EvidenceKind, RunBackend } from '../../model/result.js';
import { HitCounter } from '../../trace/journey/hits.js';
import type { Doubt } from '../../trace/journey/instabilities.js';
import { JourneyLog } from '../../trace/journey/log.js';
import type { Endpoint, TracedPacket } from '../../trace/journey/packet.js';
import type { RuleIndex } from '../../trace/rules/rule-index.js';

const SOURCES = { nft: 'trace', legacy: 'nflog', 'nft+legacy': 'trace' } as const satisfies Record<RunBackend, EvidenceKind>;

/**
 * The room that a trace message takes in the socket's buffer (measured): 1,283 bytes with nft. With legacy 832, or 1,275 if the packet has
 * much data.
 */
const MESSAGE_BYTES = 1283;
const LITTLE_ROOM = 4096;

/** Reads the kernel's trace of one rule set, from its construction on. */
export class Observer {
  readonly #backend: RunBackend;
  readonly #reader: TraceReader;
  readonly #journeys: JourneyLog;
  readonly #hits: HitCounter;
  readonly #bufferBytes: number;
  /** The number of reads that found a loss of messages. */
  #losses = 0;
  #messages = 0;
  /** The number of messages that came while this rule set replaced another. It is unknown which of the two they belong to. */
  readonly unattributed: number;

  /** performance.now() before the rules were applied. */
  readonly #since: number;

  /**
   * @param reader the trace, opened before the rules were applied
   * @param since performance.now() then
   */
  constructor(reader: TraceReader, backend: RunBackend, rules: RuleIndex, since: number) {
    this.#since = since;
    this.#backend = backend;
    this.#reader = reader;
    this.#journeys = new JourneyLog(rules);
    this.#hits = new HitCounter(rules);
    const { events, lost } = reader.drain();
    this.unattributed = events.length;
    this.#losses += lost ? 1 : 0;
    this.#bufferBytes = reader.getBufferBytes();
  }

  /** The number of packets seen so far. It is also the number of the next packet. */
  countPackets(): number {
    this.#read();
    return this.#journeys.size;
  }

  /** The number of messages received so far. */
  countMessages(): number {
    this.#read();
    return this.#messages;
  }

  /**
   * The packets from and to a client so far, with what became of them.
   * @param since the number of the first packet
   */
  getPackets(client: Endpoint, since: number): TracedPacket[] {
    this.#read();
    return this.#journeys.getPackets(client, since);
  }

  /**
   * Why the rules may decide a retransmission of a packet differently.
   * @param cameBy the interface by which the packet came into the world; null if unknown
   * @param timeoutMs how long the client waits
   */
  listInstabilities(packet: TracedPacket, cameBy: string | null, timeoutMs: number): Doubt[] {
    const untilSeconds = (performance.now() - this.#since + timeoutMs) / 1000;
    return this.#journeys.listInstabilities(packet, { cameBy, untilSeconds });
  }

  /** The packets of IPv6 neighbour discovery, up to the last read of the trace. */
  getDiscovery(): TracedPacket[] {
    return this.#journeys.discovery;
  }

  /** Notes the hits before the kernel's counters are read. getHits() is called after that. */
  markHits(): void {
    this.#read();
    this.#hits.mark();
  }

  /** How often each rule has matched so far. */
  getHits(): TraceHits[] {
    this.#read();
    return this.#hits.getHits();
  }

  /** The source of this evidence. */
  get source(): EvidenceKind {
    return SOURCES[this.#backend];
  }

  /** The number of reads so far that found a loss: the kernel had dropped trace messages since the read before. */
  get losses(): number {
    return this.#losses;
  }

  /** How many messages the kernel can keep between two reads. */
  get room(): number {
    return Math.floor(this.#bufferBytes / MESSAGE_BYTES);
  }

  /** Whether a few connects through some rules can fill the buffer. It is then read often. */
  get hasLittleRoom(): boolean {
    return this.room < LITTLE_ROOM;
  }

  /** Whether the buffer is smaller than requested. */
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
