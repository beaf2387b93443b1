import type { Expectation, ProbeResult } from '../model/result.js';
import { isFault, nameRule } from '../words/rule-name.js';

type Judged = Pick<ProbeResult, 'status' | 'expected' | 'observed' | 'cause' | 'rule' | 'control'>;

/** The most characters of an expected reply. */
const MOST_QUOTED = 40;

/**
 * The result of a probe in one short line: "expected refused, saw timeout, answer-eaten; without the rules connected". A probe that passed
 * says what it saw: "refused, rejected".
 */
export function makeHeadline(judged: Judged): string {
  const { status, expected, observed, control } = judged;
  if (observed === null) {
    return 'could not be made';
  }
  const seen = describeSeen(judged, observed);
  if (status === 'passed') {
    return seen;
  }
  const wanted = listExpected(expected).join(', ');
  const without = control === null ? '' : `; without the rules ${control.outcome}${control.outcome === observed.outcome ? ' too' : ''}`;
  return `${wanted === '' ? '' : `expected ${wanted}, `}saw ${seen}${without}`;
}

function listExpected({ outcome, cause, rule, icmp, reply, afterMs, withinMs }: Expectation): string[] {
  return [
    ...[outcome, cause].filter((word) => word !== undefined),
    ...(rule === undefined ? [] : [typeof rule === 'number' ? `by rule ${rule}` : `by rule ${JSON.stringify(rule)}`]),
    ...(icmp === undefined ? [] : [icmp]),
    ...(reply === undefined ? [] : [`reply ${JSON.stringify(shorten(reply))}`]),
    ...(afterMs === undefined ? [] : [`after ${afterMs} ms`]),
    ...(withinMs === undefined ? [] : [`within ${withinMs} ms`]),
  ];
}

/** What else was seen is named where it was asked for, or where it says more than the outcome. */
function describeSeen({ expected, cause, rule }: Judged, observed: NonNullable<Judged['observed']>): string {
  const { outcome, icmp, elapsedMs } = observed;
  const isPlain = outcome === 'connected' && cause === 'service' && expected.cause === undefined;
  const isTimed = expected.afterMs !== undefined || expected.withinMs !== undefined;
  return [
    outcome,
    ...(cause === null || isPlain ? [] : [cause]),
    ...(expected.rule === undefined
      ? []
      : [rule === null ? 'by no rule' : `by ${rule.isPolicy || isFault(rule) ? rule.text : nameRule(rule)}`]),
    ...(expected.icmp === undefined ? [] : [icmp ?? 'no such answer']),
    ...(expected.reply === undefined ? [] : [observed.reply === null ? 'no reply' : `reply ${JSON.stringify(shorten(observed.reply))}`]),
    ...(isTimed && elapsedMs !== null ? [`after ${elapsedMs} ms`] : []),
  ].join(', ');
}

function shorten(text: string): string {
  return text.length <= MOST_QUOTED ? text : `${text.slice(0, MOST_QUOTED)}…`;
}
