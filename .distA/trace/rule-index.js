import { getStation, getStationAt } from './hooks.js';
/** Finds the chain and the rule behind what the kernel's trace names. */
export class RuleIndex {
    #rules = new Map();
    #chains = new Map();
    constructor(chains) {
        for (const chain of chains) {
            for (const family of chain.families) {
                this.#chains.set(getKey({ family, table: chain.table }, chain.name), chain);
                for (const [place, rule] of chain.rules.entries()) {
                    this.#rules.set(getKey({ family, table: chain.table }, rule.handle ?? ''), { chain, place, rule });
                }
            }
        }
    }
    getRule(event) {
        if (event.rule === null) {
            return null;
        }
        if ('handle' in event.rule) {
            return this.#rules.get(getKey(event, event.rule.handle)) ?? null;
        }
        const { place } = event.rule;
        const chain = this.getChain(event, event.chain);
        const rule = chain?.rules[place];
        return chain === null || rule === undefined ? null : { chain, place, rule };
    }
    getChain(event, name) {
        return this.#chains.get(getKey(event, name)) ?? null;
    }
    /** Where a packet is that comes to a chain. iptables has made chains of which the plan need not know. */
    getStation(event) {
        if (event.hook !== null) {
            return getStationAt(event.hook, event.table);
        }
        const chain = this.getChain(event, event.chain);
        return chain === null ? getStation(event.table, event.chain) : chain.station;
    }
}
function getKey({ family, table }, name) {
    return `${family} ${table} ${name}`;
}
