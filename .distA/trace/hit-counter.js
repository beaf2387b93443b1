/** How often each rule and policy has been met so far, as the trace tells it: to be held against the kernel's counters. */
export class HitCounter {
    #rules;
    #hits = new Map();
    constructor(rules) {
        this.#rules = rules;
    }
    add(events) {
        for (const event of events) {
            const met = this.#find(event);
            if (met !== null) {
                const { table, name: chain } = met.chain;
                const key = `${event.family} ${table} ${chain} ${met.place}`;
                const hits = this.#hits.get(key) ?? { family: event.family, table, chain, place: met.place, packets: 0, packetsBefore: 0 };
                hits.packets++;
                this.#hits.set(key, hits);
            }
        }
    }
    /** Notes how far the counts are before the kernel's counters are read. */
    mark() {
        for (const hits of this.#hits.values()) {
            hits.packetsBefore = hits.packets;
        }
    }
    getHits() {
        return [...this.#hits.values()];
    }
    #find(event) {
        const indexed = this.#rules.getRule(event);
        if (indexed !== null) {
            return indexed;
        }
        const chain = event.type === 'policy' ? this.#rules.getChain(event, event.chain) : null;
        return chain === null ? null : { chain, place: null };
    }
}
