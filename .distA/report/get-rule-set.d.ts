import type { RuleResult, ScenarioResult } from '../model/result.js';
type Phase = string | null;
/** The rules that a phase's probes met: its own, or those of the last phase before it that brought any. */
export declare function getRuleSet({ rules, probes }: Pick<ScenarioResult, 'rules' | 'probes'>, phase: Phase): RuleResult[];
export {};
