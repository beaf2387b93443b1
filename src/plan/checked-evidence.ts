import type { ScenarioRule } from '../model/scenario.js';

export interface Counter {
  packets: number;
  /** null if only the trace has counted. */
  bytes: number | null;
}

export interface CheckedEvidence {
  /** The rules of a native rule set, as the kernel holds them. null for iptables rules, which the scenario has itself. */
  rules: ScenarioRule[] | null;
  /** The counters by index of the scenario's entry. Each is the sum over the kernel rules of that entry. */
  counters: Map<number, Counter>;
  /** One sentence for each disagreement between two sources of evidence. */
  contradictions: string[];
}
