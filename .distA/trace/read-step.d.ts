import type { DecidingRuleRef, TraceEvent } from '../model/evidence.js';
import type { Step } from '../model/result.js';
import type { RuleIndex } from './rule-index.js';
export interface MetRule {
    step: Step;
    rule: DecidingRuleRef;
    /** What the rule does that lets the packet go on to the next hook; null for a policy, and where the rule does not. */
    passes: 'accepted' | 'translated' | null;
}
/** What an event says that a packet met at a hook; null for a rule of loopfw's own, and for what says nothing of itself. */
export declare function readStep(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule | null;
