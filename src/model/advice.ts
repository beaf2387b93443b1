import type { ServedProtocol } from './protocols.js';
import type { Family } from './rule.js';
import type { ScenarioRule } from './scenario.js';

/** What to do about a probe that has not passed. */
export interface Advice {
  text: string;
  /** What it changes of the scenario, so that it can be tried; null for an advice that leaves that to the reader. */
  remedy: Remedy | null;
}

/** A change of a scenario. Rules are named by their indices in the rule set that the probe met. */
export type Remedy =
  /** Adds rules for iptables, behind all others: each a line of arguments such as `-I INPUT 1 -j ACCEPT`. */
  | { kind: 'add-rules'; lines: string[] }
  | { kind: 'move-rule'; index: number; before: number }
  /** Lets -A write a rule that -I has put before older ones. */
  | { kind: 'append-rule'; index: number }
  | { kind: 'remove-rule'; index: number }
  /** Lets a rule end with REJECT. A tcp-reset for a rule that is not only for TCP goes to a copy of it, before it. */
  | { kind: 'reject'; index: number; type: string }
  /** Inserts a rule at the head of a chain of a native rule set. The table is one that packets of this family meet. */
  | { kind: 'insert-nft'; family: Family; table: string; chain: string; statement: string }
  /** Moves a whole line of a native file. */
  | { kind: 'move-line'; file: string; line: number; before: number }
  | { kind: 'sysctl'; values: Record<string, string> }
  /** Deletes the flows that connection tracking knows, when the rule set of the probe's phase has been applied. */
  | { kind: 'flush' }
  | { kind: 'add-server'; protocol: ServedProtocol; address: string; port: number }
  /** Lets a server on all addresses listen on this one alone. */
  | { kind: 'listen'; address: string; port: number }
  /** Gives the client of the probe more time. */
  | { kind: 'wait'; timeoutMs: number }
  /** In this order. */
  | { kind: 'several'; remedies: Remedy[] };

/** A rule that an advice names. */
export type NamedRule = Pick<ScenarioRule, 'name' | 'text' | 'file' | 'line'> & { index: number };

/** Rules of the rule set that have to do with a probe, although they did not decide it. */
export interface NearRules {
  /** Rules that may decide as expected, each with the rule before it that ended the packet, and the change that puts it first. */
  late: { rule: NamedRule; before: NamedRule; remedy: Remedy }[];
  /** Rules that took packets of the probe out of connection tracking. */
  untracking: NamedRule[];
  /** Rules of nat PREROUTING, which packets of the world itself do not meet, each with the line for nat OUTPUT that does the same. */
  twins: { rule: NamedRule; line: string }[];
  /** Rules of nat PREROUTING that would rewrite the request, if it had come in by another interface. */
  elsewhere: { rule: NamedRule; asked: string }[];
}

/** What is known of the rule set that a probe met, besides the rule that decided. */
export interface KnownRules {
  rules: ScenarioRule[];
  near: NearRules;
}
