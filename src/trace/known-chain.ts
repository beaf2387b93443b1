import type { Doubt, RuleAction } from '../model/plan.js';
import type { Family } from '../model/rule.js';
import type { Station } from './hooks.js';

/** A chain of the rule set whose trace is read. */
export interface KnownChain {
  kind: 'iptables' | 'nft';
  /** Whose packets meet it. */
  families: Family[];
  table: string;
  name: string;
  /** Whether it is loopfw's own: it is never shown. */
  isOwn: boolean;
  /** Whether only the first packet of a flow comes to it. */
  isNat: boolean;
  /** Where it hangs; null for a chain that others lead to. */
  station: Station | null;
  policy: { verdict: 'accept' | 'drop'; /** the scenario's entry that set it, if one did */ entry: number | null } | null;
  rules: KnownRule[];
}

export interface KnownRule {
  /** What the kernel calls it; null where it counts places. */
  handle: string | null;
  /** Index of the scenario's entry; null for a rule of loopfw's own. */
  entry: number | null;
  text: string;
  /** What it does; null where only the trace says it. The kernel shows a rejection as a drop, and a translation as an accept. */
  action: RuleAction | null;
  /** null where a retransmission is decided as the packet was. */
  doubt: Doubt | null;
}
