import type { Diagnostic } from '../../model/diagnostic.js';
import type { Scenario, ScenarioRule } from '../../model/scenario.js';
import { collectInterfaces, findLoRule, isNamed } from '../../rules/chains/interfaces.js';
import { getFamily } from '../../words/addresses.js';
import { quote } from '../../words/phrases.js';
import type { Place } from '../json/document.js';
import { getShownPath, type RulesetFiles } from '../ruleset-files.js';
import { listProbes } from './probes/list.js';
import { getInstead } from './rules/rule-set.js';

const LO_IS_ALL =
  'this rule accepts all that comes in by lo, and every probe is on lo: no rule of INPUT behind it is met. Describe an interface ("interfaces") and give clients "via" it';

/** A rule, and the index of the phase that loads it. */
interface PlacedRule {
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

/** The position of a rule, in the scenario file or in its rule set file. */
export function locateRule({ phase, rule }: PlacedRule, scenario: Place, files: RulesetFiles): Omit<Diagnostic, 'message'> {
  if (rule.line !== null) {
    const own = scenario.member('ruleset').member('file').read<string>() ?? '';
    const path = getInstead(scenario, files)?.path ?? getShownPath(scenario.file, own);
    return { file: path, line: rule.line, column: 1, pointer: null };
  }
  const owner = phase === 0 ? scenario : scenario.member('phases').item(phase - 1);
  // Only a line of a rule set file can have no index.
  const { file, position, pointer } = owner.member('rules').item(rule.index ?? 0);
  return { file, ...position, pointer };
}
