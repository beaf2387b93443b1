import type { Diagnostic } from '../../model/diagnostic.js';
import type { RuleSet } from '../../model/scenario.js';
import type { RulesetChoice } from '../ruleset-files.js';
import { parseScenarios } from '../scenario/parse.js';

/** Stands for the file of a scenario that is not written yet. */
export const DRAFT = '<command line>';

/** Rules for which a scenario is drafted: texts of iptables, or files that replace them. */
export interface GivenRules {
  rules: string[];
  files: RulesetChoice['files'];
}

/** The choice of rule set files for a scenario that is not written yet; null if there are none. */
export function toChoice({ files }: Pick<GivenRules, 'files'>): RulesetChoice | null {
  return files.length === 0 ? null : { files, isFor: () => true };
}

/** Reads the rules as a scenario's rules are read. */
export function readRules({ rules, files }: GivenRules): { ruleSet: RuleSet } | { diagnostics: Diagnostic[] } {
  const document = { name: 'draft', rules, probes: [{ from: '127.0.0.1', to: 'icmp://127.0.0.1', expect: 'connected' }] };
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(document), DRAFT, { instead: toChoice({ files }) });
  const ruleSet = scenarios[0]?.phases[0]?.ruleSet;
  return ruleSet ? { ruleSet } : { diagnostics };
}
