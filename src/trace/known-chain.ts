import type { Doubt, RuleAction } from '../model/plan.js';
import type { Family } from '../model/rule.js';
import type { Station } from './hooks.js';

/** A chain of the rule set that is traced. */
export interface KnownChain {
  kind: 'iptables' | 'nft';
  /** The families whose packets meet the chain. */
  families: Family[];
  table: string;
  name: string;
  /** Whether loopfw made the chain for itself. Such a chain is never shown. */
  isOwn: boolean;
  /** Whether only the first packet of a flow passes the chain. */
  isNat: boolean;
  /** The position of a base chain; null for a chain that only other chains jump to. */
  station: Station | null;
  policy: { verdict: 'accept' | 'drop'; /** the index of the scenario's entry that set it, or null */ entry: number | null } | null;
  rules: KnownRule[];
}

export interface KnownRule {
  /** The rule's handle in the kernel; null if the trace counts places instead. */
  handle: string | null;
  /** Index of the scenario's entry; null for a rule of loopfw's own. */
  entry: number | null;
  text: string;
  /** What the rule does; null if only the trace tells. The kernel's trace shows a rejection as a drop, and a translation as an accept. */
  action: RuleAction | null;
  /** null if the rule decides a retransmission as it decided the packet. */
  doubt: Doubt | null;
}
