import type { RunBackend, SuggestedAdditions, SuggestedProbe } from '../result.js';

/** How a rule is changed. */
export type Mutator =
  | 'target-removed'
  | 'target-changed'
  | 'match-removed'
  | 'match-negated'
  | 'prefix-widened'
  | 'prefix-narrowed'
  | 'port-widened'
  | 'port-narrowed'
  | 'port-shifted'
  | 'state-removed'
  | 'policy-flipped';

/** A change of a rule in one place. */
export interface RuleChange {
  mutator: Mutator;
  /** What follows "if the rule": `were gone`, `had -s 10.0.0.0/7 instead of -s 10.0.0.0/8`. */
  change: string;
  /** The changed rule, as text of its language. */
  text: string;
  /** Whether it may change what becomes of packets that the rule matches, and of those that come to it and do not match. */
  touches: { matched: boolean; others: boolean };
}

/**
 * What became of a mutant.
 * - noticed: a probe that passes without the change does not pass with it
 * - unnoticed: all probes pass, and the kernel has shown a packet that tells the two apart
 * - equivalent: all probes pass, and no packet was found that tells the two apart
 * - untested: no probe meets the rule
 * - invalid: the kernel does not take the rule
 * - unsure: the evidence was not enough for a verdict
 */
export type MutantStatus = 'noticed' | 'unnoticed' | 'equivalent' | 'untested' | 'invalid' | 'unsure';

/** A rule, or a policy, that has mutants. */
export interface MutatedRule {
  /** As in the result of a run: its place among the rules of its phase, from 0. null for a policy of a rule set file. */
  index: number | null;
  text: string;
  phase: string | null;
  /** The rule set file, or the scenario file. A line counts from 1. */
  file: string;
  line: number | null;
}

/** A rule that is changed in one place, and whether the probes of its scenario notice. */
export interface Mutant {
  /** The scenario whose probes were asked. */
  scenario: { name: string; file: string };
  rule: MutatedRule;
  mutator: Mutator;
  /** What follows "if the rule": `were gone`, `had --dport 23 instead of --dport 22`. */
  change: string;
  /** The changed rule, as text of its language. */
  text: string;
  status: MutantStatus;
  /** One sentence for an equivalent, invalid or unsure mutant; otherwise null. */
  why: string | null;
  /** The ids of the probes that ran against it. */
  met: string[];
  /** The ids of those that noticed. */
  noticedBy: string[];
  /** Whether only a pinned cause or rule noticed: the client saw the same. */
  isPinned: boolean;
  /** For an unnoticed one: a probe that would notice. */
  suggestion: MutationSuggestion | null;
}

/** A probe that tells a rule set from its mutant. The kernel has shown both. */
export interface MutationSuggestion {
  probe: SuggestedProbe & { timeoutMs?: number };
  adds: SuggestedAdditions | null;
  /** What it sees today, and with the mutant. */
  today: string;
  mutated: string;
}

/** A probe of a scenario, as the report names it. */
export interface MutationProbe {
  id: string;
  name: string;
  line: number;
  column: number;
}

/** The mutants of one scenario on one back end. */
export interface ScenarioMutation {
  name: string;
  file: string;
  backend: RunBackend;
  probes: MutationProbe[];
  mutants: Mutant[];
  /** What is not mutated, in sentences: native rules beside rules for iptables, elements of named sets. */
  notMutated: string[];
}

/** What `loopfw mutate` found. */
export interface Mutation {
  scenarios: ScenarioMutation[];
  /** The texts of the scenario files and of the rule set files, by their paths. */
  files: Map<string, string>;
  durationMs: number;
}
