import type { Delays, OlderFlow } from '../model/evidence.js';
import type { Cause, Control, DecidingRule, EvidenceKind, Expectation, Observation, Packet, Protocol } from '../model/result.js';
import type { PacketFate } from '../model/kernel/routing.js';
import type { RuleLanguage } from '../model/scenario.js';

/** Everything that decides the verdict on one probe. */
export interface Case {
  protocol: Protocol;
  from: string;
  to: { address: string; port: number };
  timeoutMs: number;
  expected: Expectation;
  observed: Observation;
  decided: 'observed' | 'proved';
  /** null if the scenario sets no time limits for the probe. */
  delays: Delays | null;
  control: Control | null;
  cause: Cause;
  /** What became of the packet behind the last rule that it met; null if a rule decided, or if it was delivered. */
  fate: PacketFate | null;
  /** The language of the rule set. */
  rules: RuleLanguage;
  rule: DecidingRule | null;
  evidence: EvidenceKind;
  journey: Packet[];
  /** null if the probe's flow is not older than the rule set, and where that explains nothing. */
  olderFlow: OlderFlow | null;
  /** Reasons not to trust the evidence, one sentence each: trace events were lost, or the counters contradict the trace. */
  doubts: string[];
}
