import type { DecidingRule, Packet, RuleResult } from '../../model/result.js';
import { describeDecider } from '../../words/rule-name.js';
import { makeAllHarmless } from '../shared/harmless.js';
import { showJourney } from '../shared/journey.js';
import { type Screen, wrap } from '../shared/layout.js';

/** What became of a connection of a program in a world. */
export interface ListedJourney {
  number: number;
  startedAt: string;
  protocol: string;
  from: string;
  to: string;
  cause: string;
  rule: DecidingRule | null;
  journey: Packet[];
  isComplete: boolean;
}

const INDENT = '  ';

/**
 * The connections of programs in a world, one line each.
 * @param rules the rules of the world, for the packets of each; null: without packets
 */
export function showJourneys(journeys: ListedJourney[], rules: RuleResult[] | null, screen: Screen): string {
  const known = rules && makeAllHarmless(rules);
  return journeys.map((journey) => `${showOne(makeAllHarmless(journey), known, screen).join('\n')}\n`).join('');
}

function showOne(
  { number, startedAt, protocol, from, to, cause, rule, journey, isComplete }: ListedJourney,
  rules: RuleResult[] | null,
  screen: Screen,
) {
  const { paint } = screen;
  const why = rule === null ? '' : ` by ${describeDecider(rule)}`;
  const lost = isComplete ? '' : ' (the kernel has lost messages that may be about it)';
  const head = `${number}  ${getTime(startedAt)}  ${from} → ${to}/${protocol}  ${paint.bold(cause)}${why}${lost}`;
  const packets = rules === null ? [] : showJourney(journey, rules, INDENT, paint);
  return [wrap(head, '', screen, INDENT), ...packets.map((line) => wrapStep(line, screen))];
}

/** The time of the day here, to the millisecond. */
function getTime(instant: string): string {
  const date = new Date(instant);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0'));
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

function wrapStep(line: string, screen: Screen): string {
  const indent = ' '.repeat(line.length - line.trimStart().length);
  return wrap(line.trimStart(), indent, screen, `${indent}${INDENT}`);
}
