import type { Entry } from '../model/rule.js';
import type { RuleInput } from '../model/scenario-file.js';
import type { ScenarioRule } from '../model/scenario.js';
import { checkRuleSet } from '../rules/check-rule-set.js';
import { parseRuleObject } from '../rules/parse-rule-object.js';
import { parseRuleText } from '../rules/parse-rule-text.js';
import { printEntry } from '../rules/print-entry.js';
import { RuleError } from '../rules/rule-error.js';
import { quote } from '../words/phrases.js';
import { getBackends } from './get-backends.js';
import { getUnsupportedProblem } from './get-unsupported-problem.js';
import { joinPointer } from './locate-pointer.js';
import { getItems, getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

/** What a probe may refer to, and the rules that are in order. */
export interface Rules {
  /** How many entries the file has, in order or not. */
  count: number;
  names: Set<string>;
  rules: ScenarioRule[];
}

/**
 * Reads `rules`, each for itself and then as a set; null where they are no list.
 *
 * @param owner the scenario, or one of its phases
 */
export function resolveRules(owner: Place, scenario: Place, problems: ProblemList): Rules | null {
  const place = getMember(owner, 'rules');
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  const items = getItems(place);
  const names = collectNames(items, problems);
  const entries = items.map((item) => (problems.isFull ? null : readEntries(item, problems)));
  for (const { index, message } of checkRuleSet(entries)) {
    problems.add(joinPointer(place.pointer, index), message);
  }
  const backends = getBackends(scenario, problems);
  entries.forEach((own, index) => {
    const problem = getUnsupportedProblem(own ?? [], backends);
    if (problem !== null) {
      problems.add(joinPointer(place.pointer, index), problem);
    }
  });
  const rules = entries.flatMap((own, index) => (own === null ? [] : [makeRule(index, items[index]?.value, own)]));
  return { count: items.length, names, rules };
}

function collectNames(items: Place[], problems: ProblemList): Set<string> {
  const first = new Map<string, number>();
  items.forEach((item, index) => {
    const place = getMember(item, 'name');
    const name = getSound<string>(place, problems);
    if (name === undefined) {
      return;
    }
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, index);
    } else {
      problems.add(place.pointer, `rule name ${quote(name)} is taken: rule ${earlier} has it`);
    }
  });
  return new Set(first.keys());
}

function readEntries(place: Place, problems: ProblemList): Entry[] | null {
  const input = getSound<string | RuleInput>(place, problems);
  if (input === undefined) {
    return null;
  }
  try {
    return typeof input === 'string' ? [parseRuleText(input)] : parseRuleObject(input);
  } catch (error) {
    if (!(error instanceof RuleError)) {
      throw error;
    }
    const key = error.key === null ? undefined : getMember(place, error.key);
    problems.add(key?.value === undefined ? place.pointer : key.pointer, error.message);
    return null;
  }
}

function makeRule(index: number, value: unknown, entries: Entry[]): ScenarioRule {
  if (typeof value === 'string') {
    return { index, name: null, text: stripCommand(value), line: null, entries };
  }
  const [first] = entries;
  return { index, name: (value as RuleInput).name ?? null, text: first === undefined ? '' : printEntry(first), line: null, entries };
}

/** The arguments of a pasted command line; ip6tables stays, for it says the family. */
function stripCommand(text: string): string {
  return text
    .trim()
    .replace(/^sudo\s+/, '')
    .replace(/^[\w./-]*\bip(6?)tables(?:-nft|-legacy)?\s+/, (_, six: string) => (six === '' ? '' : 'ip6tables '));
}
