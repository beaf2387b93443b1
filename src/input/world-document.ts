import { SpecError } from '../model/errors.js';
import type { Backend } from '../model/result.js';
import type { RuleSet, Scenario, ScenarioRule } from '../model/scenario.js';
import type { HeldFile } from './held-rules.js';
import type { ScenarioSource } from './load-scenarios.js';
import type { RulesetChoice } from './ruleset-files.js';
import { parseScenarios } from './scenario/parse.js';

/** A probe that always can be read. A scenario must have one. */
const ANY_PROBE = { from: '127.0.0.1', to: 'icmp://127.0.0.1', expect: 'connected' };

const NO_RULES: RuleSet = { rules: [], natives: [], files: [] };

/**
 * The scenario of a world that lives on. Other rules and single probes are read as if they were written in it, so they know its servers,
 * clients and interfaces by name.
 */
export class WorldDocument {
  readonly scenario: Scenario;
  readonly #source: Pick<ScenarioSource, 'value' | 'rulesets'>;

  constructor({ scenario, ...source }: Pick<ScenarioSource, 'scenario' | 'value' | 'rulesets'>) {
    this.scenario = scenario;
    this.#source = source;
  }

  /** Makes a world from an object as in a scenario file, without probes. @param name stands for the file in messages @throws SpecError */
  static parse(value: object, name: string): WorldDocument {
    const own = { name, ...value };
    const source = { value: own, rulesets: new Map() };
    return new WorldDocument({ ...source, scenario: parseOne({ ...own, probes: [ANY_PROBE] }, { ...source, name }) });
  }

  /** The same document with another scenario: the world begins with its rules. */
  with(scenario: Scenario): WorldDocument {
    return new WorldDocument({ ...this.#source, scenario });
  }

  /**
   * Reads rules as the key `rules` of a scenario has them.
   * @throws SpecError whose pointers begin with /rules
   */
  readRules(rules: unknown): RuleSet {
    const own = withoutRules(this.#source.value);
    const scenario = parseOne({ ...own, rules, probes: [ANY_PROBE] }, { ...this.#source, name: 'rules' });
    return scenario.phases[0]?.ruleSet ?? NO_RULES;
  }

  /**
   * Reads files of rules as `loopfw run --ruleset` does.
   * @throws SpecError with places in these files
   */
  readRuleFiles(files: { file: string; text: string }[]): RuleSet {
    const own = withoutRules(this.#source.value);
    const instead = { files: files.map(({ file, text }) => ({ path: file, content: { text } })), isFor: () => true };
    const scenario = parseOne({ ...own, probes: [ANY_PROBE] }, { ...this.#source, name: 'rules', instead });
    return scenario.phases[0]?.ruleSet ?? NO_RULES;
  }

  /**
   * Reads the rules that the kernel holds. They have no place in a file: what iptables prints is not there to look it up.
   * @param usual the back end of the rules that name none
   * @throws SpecError for what loopfw cannot read
   */
  readHeldRules(files: HeldFile[], usual: Backend): RuleSet {
    const own = withoutRules(this.#source.value);
    const ruleset = files.map(({ text: _text, ...file }) => file);
    const rulesets = new Map([...this.#source.rulesets, ...files.map(({ file, text }) => [file, { text }] as const)]);
    const document = files.length === 0 ? { ...own, rules: [] } : { ...own, ruleset };
    const scenario = parseOne({ ...document, probes: [ANY_PROBE] }, { rulesets, name: 'rules' });
    const { rules, natives } = scenario.phases[0]?.ruleSet ?? NO_RULES;
    return { rules: rules.map((rule) => withoutPlace(rule, usual)), natives, files: [] };
  }

  /**
   * Reads a probe, to be made against a rule set. Without "expect" it expects nothing.
   * @returns the scenario with this probe alone
   * @throws SpecError whose pointers begin with /probes/0
   */
  readProbe(probe: unknown, ruleSet: RuleSet): Scenario {
    const own = withoutRules(this.#source.value);
    const isOpen = typeof probe === 'object' && probe !== null && !('expect' in probe);
    const asked = isOpen ? { ...probe, expect: 'connected' } : probe;
    const scenario = parseOne({ ...own, rules: [], probes: [asked] }, { ...this.#source, name: 'probe' });
    const [phase] = scenario.phases;
    const batches = (phase?.batches ?? []).map((batch) => batch.map((each) => (isOpen ? { ...each, expect: {} } : each)));
    return { ...scenario, phases: [{ name: null, conntrack: 'keep', ...phase, ruleSet, batches }] };
  }
}

/** A scenario without what says which rules and probes it has. */
function withoutRules(value: unknown): Record<string, unknown> {
  const {
    rules: _rules,
    ruleset: _ruleset,
    exercise: _exercise,
    matrix: _matrix,
    phases: _phases,
    ...own
  } = value as Record<string, unknown>;
  return own;
}

/** A rule of a file as a rule of a scenario: its text names what iptables alone would not say. */
function withoutPlace(rule: ScenarioRule, usual: Backend): ScenarioRule {
  const isIpv6 = rule.entries.every(({ family }) => family === 'ipv6');
  const command = `${isIpv6 ? 'ip6tables' : 'iptables'}${rule.backend === null || rule.backend === usual ? '' : `-${rule.backend}`}`;
  const backend = rule.backend === usual ? null : rule.backend;
  return { ...rule, file: null, line: null, backend, text: command === 'iptables' ? rule.text : `${command} ${rule.text}` };
}

function parseOne(
  value: object,
  { rulesets, name, instead = null }: Pick<ScenarioSource, 'rulesets'> & { name: string; instead?: RulesetChoice | null },
): Scenario {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(value), `<${name}>`, { rulesets, instead });
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new SpecError(diagnostics, name);
  }
  return scenario;
}
