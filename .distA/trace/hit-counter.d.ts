import type { TraceEvent, TraceHits } from '../model/evidence.js';
import type { RuleIndex } from './rule-index.js';
/** How often each rule and policy has been met so far, as the trace tells it: to be held against the kernel's counters. */
export declare class HitCounter {
    #private;
    constructor(rules: RuleIndex);
    add(events: TraceEvent[]): void;
    /** Notes how far the counts are before the kernel's counters are read. */
    mark(): void;
    getHits(): TraceHits[];
}
