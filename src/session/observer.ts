import { TraceSocket } from '../kernel/nft-trace.js';
import type { RuleHandle, TraceHits } from '../model/evidence.js';
import type { Firewall } from '../model/plan.js';
import { HitCounter } from '../trace/hit-counter.js';
import { JourneyLog, type Endpoint } from '../trace/journey-log.js';
import { RuleIndex } from '../trace/rule-index.js';
import type { TracedPacket } from '../trace/traced-packet.js';

/** Reads the kernel's trace of one rule set, from the moment that it is made. */
export class Observer {
  readonly #socket = new TraceSocket();
  readonly #journeys: JourneyLog;
  readonly #hits: HitCounter;
  #lost = false;

  constructor(firewall: Firewall, handles: RuleHandle[]) {
    const rules = new RuleIndex(firewall, handles);
    this.#journeys = new JourneyLog(rules);
    this.#hits = new HitCounter(rules);
  }

  /** What has become of the packets between two endpoints, up to this moment. */
  getPackets(client: Endpoint, server: Endpoint): TracedPacket[] {
    this.#read();
    return this.#journeys.getPackets(client, server);
  }

  /** How often each rule has matched, up to this moment. */
  getHits(): TraceHits[] {
    this.#read();
    return this.#hits.getHits();
  }

  /** Whether the kernel has had to throw trace messages away. */
  get hasLost(): boolean {
    return this.#lost;
  }

  close(): void {
    this.#socket.close();
  }

  #read(): void {
    const { events, lost } = this.#socket.drain();
    this.#lost ||= lost;
    this.#journeys.add(events);
    this.#hits.add(events);
  }
}
