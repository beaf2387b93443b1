import type { TraceEvent } from '../model/evidence.js';
import { type Station } from './hooks.js';
import type { KnownChain, KnownRule } from './known-chain.js';
export interface IndexedRule {
    chain: KnownChain;
    /** Place in the chain, from 0. */
    place: number;
    rule: KnownRule;
}
/** Finds the chain and the rule behind what the kernel's trace names. */
export declare class RuleIndex {
    #private;
    constructor(chains: KnownChain[]);
    getRule(event: TraceEvent): IndexedRule | null;
    getChain(event: Pick<TraceEvent, 'family' | 'table'>, name: string): KnownChain | null;
    /** Where a packet is that comes to a chain. iptables has made chains of which the plan need not know. */
    getStation(event: TraceEvent): Station | null;
}
