import type { ScenarioRule } from '../model/scenario.js';
export interface Counter {
    packets: number;
    /** null where only the trace has counted. */
    bytes: number | null;
}
export interface CheckedEvidence {
    /** Of a native rule set, which only the kernel knows; null where they are the scenario's own. */
    rules: ScenarioRule[] | null;
    /** Counters by the scenario's entry: the sum over the kernel rules that it stands for. */
    counters: Map<number, Counter>;
    /** Where two sources of evidence disagree, each a sentence. */
    contradictions: string[];
}
