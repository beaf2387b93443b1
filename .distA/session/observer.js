import { HitCounter } from '../trace/hit-counter.js';
import { JourneyLog } from '../trace/journey-log.js';
import { RuleIndex } from '../trace/rule-index.js';
const SOURCES = { nft: 'trace', legacy: 'nflog' };
/** Reads the kernel's trace of one rule set, from the moment that it is made. */
export class Observer {
    #backend;
    #reader;
    #journeys;
    #hits;
    #lost;
    #messages = 0;
    /** Messages that came while these rules took the place of others: nobody can tell whose they are. */
    unattributed;
    /** @param reader was opened before the rules were there */
    constructor(reader, backend, chains) {
        this.#backend = backend;
        this.#reader = reader;
        const rules = new RuleIndex(chains);
        this.#journeys = new JourneyLog(rules);
        this.#hits = new HitCounter(rules);
        const { events, lost } = reader.drain();
        this.unattributed = events.length;
        this.#lost = lost;
    }
    /** How many packets have been seen up to this moment: what comes later has that number, or a higher one. */
    countPackets() {
        this.#read();
        return this.#journeys.size;
    }
    /** How many messages the kernel has sent up to this moment. */
    countMessages() {
        this.#read();
        return this.#messages;
    }
    /** What has become of the packets from and to a client, up to this moment: of those from the given number on. */
    getPackets(client, since) {
        this.#read();
        return this.#journeys.getPackets(client).filter(({ number }) => number >= since);
    }
    /** IPv6's questions for neighbours, and the answers, up to this moment. */
    getDiscovery() {
        this.#read();
        return this.#journeys.discovery;
    }
    /** To be called before the kernel's counters are read, as getHits() after. */
    markHits() {
        this.#read();
        this.#hits.mark();
    }
    /** How often each rule has matched, up to this moment. */
    getHits() {
        this.#read();
        return this.#hits.getHits();
    }
    /** Where this evidence comes from. */
    get source() {
        return SOURCES[this.#backend];
    }
    /** Whether the kernel has had to throw trace messages away. */
    get hasLost() {
        return this.#lost;
    }
    close() {
        this.#reader.close();
    }
    #read() {
        const { events, lost } = this.#reader.drain();
        this.#lost ||= lost;
        this.#messages += events.length;
        this.#journeys.add(events);
        this.#hits.add(events);
    }
}
