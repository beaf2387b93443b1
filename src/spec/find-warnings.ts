import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario, ScenarioRule } from '../model/scenario.js';
import { collectInterfaces, isNamed } from '../rules/collect-interfaces.js';
import { findLoRule } from '../rules/find-lo-rule.js';
import { getFamily } from '../words/addresses.js';
import { quote } from '../words/phrases.js';
import { listProbes } from './list-probes.js';

/** A rule, and the index of the phase that loads it. */
export interface PlacedRule {
  phase: number;
  rule: ScenarioRule;
}

type Parts = Pick<Scenario, 'phases' | 'servers' | 'world'>;

/**
 * Finds rules that can be loaded but probably do not do what the author intends. One kind is a rule for an interface that the world does
 * not have. The other is a rule on lo that accepts the packets of all probes.
 */
export function findWarnings(scenario: Parts, locate: (placed: PlacedRule) => Omit<Diagnostic, 'message'>): Diagnostic[] {
  const ruleSets = scenario.phases.flatMap(({ ruleSet }, phase) => (ruleSet?.kind === 'iptables' ? [{ phase, rules: ruleSet.rules }] : []));
  const warn = (placed: PlacedRule, message: string) => ({ ...locate(placed), message });
  return ruleSets.flatMap(({ phase, rules }) => [
    ...findUnknownInterfaces(scenario, rules).map(([name, rule]) => warn({ phase, rule }, describeUnknown(name))),
    ...findLoRules(scenario, rules).map((rule) => warn({ phase, rule }, LO_IS_ALL)),
  ]);
}

const LO_IS_ALL =
  'this rule accepts all that comes in by lo, and every probe is on lo: no rule of INPUT behind it is met. Describe an interface ("interfaces") and give clients "via" it';

function describeUnknown(name: string): string {
  return `the world has no interface ${quote(name)}: no packet comes or goes by it. Describe it in "interfaces"`;
}

function findUnknownInterfaces({ world }: Parts, rules: ScenarioRule[]): [string, ScenarioRule][] {
  const known = ['lo', ...world.interfaces.map(({ name }) => name)];
  return [...collectInterfaces(rules)].filter(([name]) => !isNamed(name, known));
}

function findLoRules(scenario: Parts, rules: ScenarioRule[]): ScenarioRule[] {
  const probes = listProbes(scenario);
  if (probes.some(({ via }) => via !== null) || scenario.servers.some(({ via }) => via !== null)) {
    return [];
  }
  const families = new Set(probes.map(({ from }) => getFamily(from)));
  const found = [...families].map((family) => findLoRule(rules, family));
  return [...new Set(found)].filter((rule) => rule !== null);
}
