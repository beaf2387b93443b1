import type { Backend } from '../../../model/result.js';
import type { Entry } from '../../../model/rule.js';
import type { RuleInput } from '../../../model/scenario-file.js';
import type { ScenarioRule } from '../../../model/scenario.js';
import { checkRuleSet } from '../../../rules/chains/check.js';
import type { EntryProblem } from '../../../rules/chains/jumps.js';
import { RuleError } from '../../../rules/errors.js';
import { parseRuleObject } from '../../../rules/language/rule-object.js';
import { getNamedBackend, parseRuleText } from '../../../rules/language/rule-text.js';
import { printEntry } from '../../../rules/rule/print.js';
import type { Place } from '../../json/document.js';
import { collectNames } from '../../json/unique-names.js';
import { getBackends, getUnsupportedProblem } from './backends.js';

/** The rules without errors, and what a probe can use to refer to a rule. */
export interface Rules {
  /** The number of entries in the file, with those that have errors. */
  count: number;
  names: Set<string>;
  rules: ScenarioRule[];
}

/**
 * The rules of a scenario or of one of its phases. An exercise has those that the student begins with.
 *
 * @param owner the scenario, or one of its phases
 */
export function getRulesPlace(owner: Place): Place {
  const exercise = owner.member('exercise');
  return exercise.value === undefined ? owner.member('rules') : exercise.member('start');
}

/**
 * Reads `rules`: first each rule, then the set as a whole. The result is null if `rules` is not a list.
 *
 * @param owner the scenario, or one of its phases
 */
export function resolveRules(owner: Place, scenario: Place): Rules | null {
  const place = getRulesPlace(owner);
  if (place.isWrong) {
    return null;
  }
  const items = place.items();
  const names = collectNames('rule', items, (index) => `rule ${index}`);
  const entries = items.map((item) => (place.problems.isFull ? null : readEntries(item)));
  const backends = getBackends(scenario);
  const named = items.map(({ value }, index) => (typeof value === 'string' && entries[index] !== null ? getNamedBackend(value) : null));
  for (const { index, message } of checkByBackend(entries, named, backends)) {
    place.item(index).complain(message);
  }
  entries.forEach((own, index) => {
    const backend = named[index] ?? null;
    const problem = getUnsupportedProblem(own ?? [], backend === null ? backends : [backend]);
    if (problem !== null) {
      place.item(index).complain(problem);
    }
  });
  const rules = entries.flatMap((own, index) =>
    own === null
      ? []
      : [{ ...makeRule(index, items[index]?.value, named[index] ?? null, own), scenarioLine: place.item(index).position.line }],
  );
  return { count: items.length, names, rules };
}

/**
 * Checks the rules that each back end holds: chains of one are not those of the other.
 * @param named the back end that each rule names
 * @param backends those that the rules without a name may have
 */
function checkByBackend(entries: (Entry[] | null)[], named: (Backend | null)[], backends: Backend[]): EntryProblem[] {
  if (named.every((backend) => backend === null)) {
    return checkRuleSet(entries);
  }
  const problems = backends.flatMap((usual) =>
    (['nft', 'legacy'] as const).flatMap((held) =>
      checkRuleSet(entries.map((own, index) => ((named[index] ?? usual) === held ? own : []))),
    ),
  );
  return [...new Map(problems.map((problem) => [`${problem.index} ${problem.message}`, problem])).values()];
}

function readEntries(place: Place): Entry[] | null {
  const input = place.read<string | RuleInput>();
  if (input === undefined) {
    return null;
  }
  try {
    return typeof input === 'string' ? [parseRuleText(input)] : parseRuleObject(input);
  } catch (error) {
    if (!(error instanceof RuleError)) {
      throw error;
    }
    const key = error.key === null ? undefined : place.member(error.key);
    (key?.value === undefined ? place : key).complain(error.message);
    return null;
  }
}

function makeRule(index: number, value: unknown, backend: Backend | null, entries: Entry[]): ScenarioRule {
  if (typeof value === 'string') {
    return { index, name: null, text: stripCommand(value), file: null, line: null, backend, entries };
  }
  const [first] = entries;
  const { name = null } = value as RuleInput;
  return { index, name, text: first === undefined ? '' : printEntry(first), file: null, line: null, backend: null, entries };
}

/**
 * Removes `sudo` and `iptables` from a pasted command line. `ip6tables` stays, because it gives the family, and so does a name that gives
 * the back end.
 */
function stripCommand(text: string): string {
  return text
    .trim()
    .replace(/^sudo\s+/, '')
    .replace(/^[\w./-]*\b(ip6?tables(?:-nft|-legacy)?)\s+/, (_, program: string) => (program === 'iptables' ? '' : `${program} `));
}
