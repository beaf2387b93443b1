import { openTrace } from '../kernel/open-trace.js';
import type { TraceReader } from '../kernel/trace-reader.js';
import type { RuleHandle, TraceHits } from '../model/evidence.js';
import type { Firewall } from '../model/plan.js';
import type { Backend, EvidenceKind } from '../model/result.js';
import { HitCounter } from '../trace/hit-counter.js';
import { JourneyLog, type Endpoint } from '../trace/journey-log.js';
import { RuleIndex } from '../trace/rule-index.js';
import type { TracedPacket } from '../trace/traced-packet.js';

const SOURCES = { nft: 'trace', legacy: 'nflog' } as const satisfies Record<Backend, EvidenceKind>;

/** Reads the kernel's trace of one rule set, from the moment that it is made. */
export class Observer {
  readonly #backend: Backend;
  readonly #reader: TraceReader;
  readonly #journeys: JourneyLog;
  readonly #hits: HitCounter;
  #lost = false;

  constructor(firewalls: Firewall[], handles: RuleHandle[]) {
    this.#backend = firewalls[0]?.backend ?? 'nft';
    this.#reader = openTrace(this.#backend);
    const rules = new RuleIndex(firewalls, handles);
    this.#journeys = new JourneyLog(rules);
    this.#hits = new HitCounter(rules);
  }

  /** What has become of the packets from and to a client, up to this moment. */
  getPackets(client: Endpoint): TracedPacket[] {
    this.#read();
    return this.#journeys.getPackets(client);
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

  /** Whether the kernel has had to throw trace messages away. */
  get hasLost(): boolean {
    return this.#lost;
  }

  close(): void {
    this.#reader.close();
  }

  #read(): void {
    const { events, lost } = this.#reader.drain();
    this.#lost ||= lost;
    this.#journeys.add(events);
    this.#hits.add(events);
  }
}
