import type { Result, RuleResult, Unreached } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';
import { printInlineJson } from '../../words/inline-json.js';
import { countNoun } from '../../words/phrases.js';
import { type Coverage, getCoverage, type UnreachedRules } from '../shared/coverage.js';
import { nameScenario } from '../shared/labels.js';
import { type Screen, wrap } from '../shared/layout.js';

const RULE = ' '.repeat(6);
const REASON = ' '.repeat(8);
const HANGING = ' '.repeat(10);
const NOT_ASKED = 'not worked out: run with --coverage';

/**
 * The rules that no packet reached, by scenario, rule set and chain, and why. A line of JSON is never broken, so that it can be copied.
 * Empty if every rule was reached.
 */
export function showCoverage(result: Result, screen: Screen): string[] {
  const coverage = getCoverage(result);
  return coverage.unreached.length === 0 ? [] : [...coverage.unreached.flatMap((one) => showScenario(one, screen)), sumUp(coverage), ''];
}

/** The index of the rule where a probe was shown, by phase and probe. One probe can be missing for many rules. */
type Shown = Map<string, number>;

function showScenario({ scenario, rules }: UnreachedRules, screen: Screen): string[] {
  const { paint } = screen;
  const shown: Shown = new Map();
  return [
    `${paint.bold('rules that no packet reached')}  ${nameScenario(scenario)}  ${paint.dim(scenario.file)}`,
    ...[...groupBy(rules, getSource)].flatMap(([source, own]) => [
      ...(source === '' ? [] : [`  ${source}`]),
      ...[...groupBy(own, ({ table, chain }) => `${table} ${chain}`)].flatMap(([chain, its]) => [
        `    ${paint.bold(chain)}`,
        ...its.flatMap((rule) => showRule(rule, shown, screen)),
      ]),
    ]),
    '',
  ];
}

/** `ferm-router.rules.v4, phase healed` */
function getSource({ file, phase }: RuleResult): string {
  return [...(file === null ? [] : [file]), ...(phase === null ? [] : [`phase ${phase}`])].join(', ');
}

function groupBy<Item>(items: Item[], getKey: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    groups.set(getKey(item), [...(groups.get(getKey(item)) ?? []), item]);
  }
  return groups;
}

function showRule(rule: RuleResult, shown: Shown, screen: Screen): string[] {
  const { index, name, text, line } = rule;
  const place = `${line === null ? '' : `line ${line}, `}rule ${index}${name === null ? '' : ` ${name}`}`;
  return [wrap(`${text}  ${screen.paint.dim(place)}`, RULE, screen, HANGING), ...explain(rule, shown, screen)];
}

function explain({ index, phase, unreached }: RuleResult, shown: Shown, screen: Screen): string[] {
  const { paint } = screen;
  const say = (text: string) => [wrap(text, REASON, screen, HANGING)];
  if (unreached === undefined) {
    return say(NOT_ASKED);
  }
  const { why, probe, adds } = unreached;
  switch (unreached.class) {
    case 'never':
      return say(`${paint.warn('can never match')}: ${why}`);
    case 'unsendable':
      return say(`no probe reaches it: ${why}`);
    case 'unknown':
      return say(why ?? '');
    case 'missing': {
      const key = JSON.stringify([phase, probe, adds]);
      const first = shown.get(key);
      if (first !== undefined) {
        return say(`${paint.fail('a probe is missing')}: the same as for rule ${first}`);
      }
      shown.set(key, index);
      return [`${paint.fail('a probe is missing')}: ${printJson(probe)}`, ...listAdded(adds)].map((json) => REASON + json);
    }
  }
}

/** A line for each key of the scenario to which a probe adds. */
function listAdded(adds: Unreached['adds']): string[] {
  return Object.entries(adds ?? {}).map(([key, value]) => `  ${JSON.stringify(key)}: ${printJson(value)}`);
}

/** Keys may come from another author. */
function printJson(value: unknown): string {
  return makeHarmless(printInlineJson(value));
}

/** `12 rules: 3 can never match, 4 need what no probe sends, 5 probes are missing` */
function sumUp({ never, unsendable, missing, unknown }: Coverage): string {
  const parts = [
    [never, 'can never match'],
    [unsendable, unsendable === 1 ? 'needs what no probe sends' : 'need what no probe sends'],
    [missing, missing === 1 ? 'lacks a probe' : 'lack a probe'],
    [unknown, unknown === 1 ? 'is not explained' : 'are not explained'],
  ] as const;
  const said = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `${countNoun(never + unsendable + missing + unknown, 'rule')} not reached: ${said.join(', ')}`;
}
