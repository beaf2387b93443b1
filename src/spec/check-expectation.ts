import { quote } from '../words/phrases.js';
import { didYouMean } from '../words/suggestion.js';
import { getMember, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Rules } from './resolve-rules.js';

/** Reports what the schema cannot see in an `expect`: a rule that is not there, a time span without length. */
export function checkExpectation(place: Place, rules: Rules | null, problems: ProblemList): void {
  const at = getMember(place, 'rule');
  const rule = getSound<string | number>(at, problems);
  const problem = rule === undefined || rules === null ? null : getRuleProblem(rule, rules);
  if (problem !== null) {
    problems.add(at.pointer, problem);
  }

  const after = getMember(place, 'afterMs');
  const [afterMs, withinMs] = [after, getMember(place, 'withinMs')].map((time) => getSound<number>(time, problems));
  if (afterMs !== undefined && withinMs !== undefined && afterMs > withinMs) {
    problems.add(after.pointer, `expected at most withinMs (${withinMs}), found ${afterMs}`);
  }
}

function getRuleProblem(rule: string | number, { count, names }: Rules): string | null {
  if (typeof rule === 'string') {
    return names.has(rule) ? null : `no rule ${quote(rule)}${didYouMean(rule, names)}`;
  }
  if (rule < count) {
    return null;
  }
  if (count === 0) {
    return `no rule ${rule}: no rules hold here`;
  }
  return `no rule ${rule}: expected ${count === 1 ? '0' : `0 to ${count - 1}`}, or a name`;
}
