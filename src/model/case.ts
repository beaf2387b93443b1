import type { Delays } from './evidence.js';
import type { RuleSet } from './scenario.js';
import type { Cause, Control, DecidingRule, EvidenceKind, Expectation, Observation, Packet, Protocol } from './result.js';

/** All that a verdict on one probe rests on. */
export interface Case {
  protocol: Protocol;
  from: string;
  to: { address: string; port: number };
  timeoutMs: number;
  expected: Expectation;
  observed: Observation;
  decided: 'observed' | 'proved';
  /** null where the scenario asks for no time. */
  delays: Delays | null;
  control: Control | null;
  cause: Cause;
  /** What the rule set is written in. */
  rules: RuleSet['kind'];
  rule: DecidingRule | null;
  evidence: EvidenceKind;
  journey: Packet[];
  /** Why the evidence cannot be trusted, each a sentence: trace events lost, or contradicted by the counters. */
  doubts: string[];
}
