import type { ChangedProbe, ProbeResult, RuleResult, ScenarioResult } from '../../model/result.js';
import type { ProbeSpec, Scenario } from '../../model/scenario.js';
import { nameDecider } from '../../words/rule-name.js';

/** Takes the numbers of rules out of the expectations. isAsExpected() then compares the rules themselves. */
export function withoutNumbers(scenario: Scenario): Scenario {
  const change = (probe: ProbeSpec): ProbeSpec => {
    const { rule, ...rest } = probe.expect;
    return typeof rule === 'number' ? { ...probe, expect: rest } : probe;
  };
  return {
    ...scenario,
    phases: scenario.phases.map((phase) => ({ ...phase, batches: phase.batches.map((batch) => batch.map(change)) })),
  };
}

/**
 * Whether a probe has passed in a trial.
 * @param before its result without the change, which has the whole expectation
 * @param rules the rules without the change
 */
export function isAsExpected(now: ProbeResult, before: ProbeResult, rules: RuleResult[]): boolean {
  const { rule: wanted } = before.expected;
  const isNumberTakenOut = typeof wanted === 'number' && now.expected.rule === undefined;
  return now.status === 'passed' && (!isNumberTakenOut || now.rule?.text === rules.find(({ index }) => index === wanted)?.text);
}

/**
 * The probes that have passed without a change, and end otherwise with it.
 * @param isChance whether chance may have decided on a probe: such a probe is not compared
 */
export function listChanged(
  before: ScenarioResult,
  after: ScenarioResult,
  isChance: (place: number, probe: ProbeResult) => boolean,
): ChangedProbe[] {
  return before.probes.flatMap((old, place): ChangedProbe[] => {
    const now = after.probes[place];
    if (old.status !== 'passed' || now === undefined || isSame(old, now, before.rules) || isChance(place, old) || isChance(place, now)) {
      return [];
    }
    const [from, to] = [getEnd(old), getEnd(now)];
    const { index, name, phase } = old;
    return [{ index, name, phase, ...(from === to ? { from: withRule(from, old), to: withRule(to, now) } : { from, to }) }];
  });
}

/** An inconclusive probe that ends as before has met a busy machine: the change is not the reason. */
function isSame(old: ProbeResult, now: ProbeResult, rules: RuleResult[]): boolean {
  return getEnd(old) === getEnd(now) && (now.status === 'inconclusive' || isAsExpected(now, old, rules));
}

/** How a probe ended: its outcome if the server answered, otherwise its cause. */
function getEnd({ observed, cause }: ProbeResult): string {
  return observed === null ? 'error' : cause === null || cause === 'service' ? observed.outcome : cause;
}

function withRule(end: string, { rule }: ProbeResult): string {
  return rule === null ? `${end} by no rule` : `${end} by ${nameDecider(rule)}`;
}
