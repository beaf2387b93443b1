import type { ProbeResult, RuleResult } from '../model/result.js';
/** `refused after 0.31 ms, rejected by rule 0 no-web: -A INPUT …` */
export declare function showOutcome({ observed, cause, rule, decided }: ProbeResult, rules: RuleResult[]): string;
