import type { Diagnostic } from '../../model/diagnostic.js';
import type { RuleSet } from '../../model/scenario.js';
import type { RulesetChoice } from '../ruleset-files.js';
import { parseScenarios } from '../scenario/parse.js';
import type { World } from './document.js';

/** Stands for the file of a scenario that is not written yet. */
export const DRAFT = '<command line>';

/** Rules for which a scenario is drafted: texts of iptables, or files that replace them. */
export interface GivenRules {
  rules: string[];
  files: RulesetChoice['files'];
}

/** Rules that are compared: files, or the keys of a scenario that has rules of its own. */
export type ComparedRules = GivenRules['files'] | { own: World };

/** A scenario of these rules, without a world and without probes. */
export function toDocument(rules: ComparedRules): { document: World; instead: RulesetChoice | null } {
  const isGiven = Array.isArray(rules);
  return {
    document: { name: 'difference', ...(isGiven ? { rules: [] } : rules.own) },
    instead: isGiven ? toChoice({ files: rules }) : null,
  };
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
