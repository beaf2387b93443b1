import { quote } from './describe-value.js';
import type { Place } from './place.js';
import type { Rules } from './resolve-rules.js';
import { didYouMean } from '../rules/suggest-word.js';

/** Reports what the schema cannot see in an `expect`: a rule that is not there, a time span without length. */
export function checkExpectation(place: Place, rules: Rules | null): void {
  const at = place.member('rule');
  const rule = at.read<string | number>();
  const problem = rule === undefined || rules === null ? null : getRuleProblem(rule, rules);
  if (problem !== null) {
    at.complain(problem);
  }

  const after = place.member('afterMs');
  const [afterMs, withinMs] = [after, place.member('withinMs')].map((time) => time.read<number>());
  if (afterMs !== undefined && withinMs !== undefined && afterMs > withinMs) {
    after.complain(`expected at most withinMs (${withinMs}), found ${afterMs}`);
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
