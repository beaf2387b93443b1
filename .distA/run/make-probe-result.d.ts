import type { ProbeReply } from '../model/evidence.js';
import type { Outcome, ProbeResult } from '../model/result.js';
import type { ProbeSpec, RuleSet, ScenarioRule } from '../model/scenario.js';
/** The rule set that a probe met. */
export interface MetRules {
    kind: RuleSet['kind'];
    rules: ScenarioRule[];
}
/** Judges one probe and puts verdict and evidence side by side. */
export declare function makeProbeResult(probe: ProbeSpec, phase: string | null, { kind, rules }: MetRules, control: Outcome | undefined, reply: ProbeReply | undefined, contradictions: string[]): ProbeResult;
/** A probe that loopfw could not make: no observation, and so no verdict. */
export declare function makeProbeError(probe: ProbeSpec, phase: string | null, message: string, control?: Outcome): ProbeResult;
