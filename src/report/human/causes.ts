import type { CounterResult, Packet, ProbeResult, Result, RuleResult, ScenarioResult } from '../../model/result.js';
import { findRule, gatherRepeats } from '../shared/journey.js';
import { getRuleSet } from '../shared/labels.js';

/** A probe, the scenario that has it, and the rule set that applied. */
export interface Told {
  scenario: ScenarioResult;
  probe: ProbeResult;
  rules: RuleResult[];
}

/** What did not pass, and why. `same`: the other probes that ended in the same way for the same cause. */
export type Story =
  | (Told & { kind: 'probe'; same: Told[] })
  | { kind: 'counter'; scenario: ScenarioResult; counter: CounterResult }
  | { kind: 'error'; scenario: ScenarioResult; message: string };

export type StoryOf<Kind extends Story['kind']> = Extract<Story, { kind: Kind }>;

/** The stories of all that did not pass, in the order of the result. Probes with the same story share one. */
export function listStories({ scenarios }: Pick<Result, 'scenarios'>): Story[] {
  const told = new Map<string, StoryOf<'probe'>>();
  return scenarios.flatMap((scenario): Story[] => {
    const { error, counters, probes } = scenario;
    const ruleSets = new Map([...new Set(probes.map(({ phase }) => phase))].map((phase) => [phase, getRuleSet(scenario, phase)]));
    const stories = probes.flatMap((probe) => {
      // The probes of a scenario that could not run have its error.
      if (probe.status === 'passed' || (error !== null && probe.status === 'error')) {
        return [];
      }
      const rules = ruleSets.get(probe.phase) ?? [];
      const key = getKey(probe, rules);
      const first = told.get(key);
      if (first !== undefined) {
        first.same.push({ scenario, probe, rules });
        return [];
      }
      const story = { kind: 'probe' as const, scenario, probe, rules, same: [] };
      told.set(key, story);
      return [story];
    });
    return [
      ...(error === null ? [] : [{ kind: 'error' as const, scenario, message: error.message }]),
      ...stories,
      ...counters.filter(({ status }) => status !== 'passed').map((counter) => ({ kind: 'counter' as const, scenario, counter })),
    ];
  });
}

/** Equal for probes with the same story: addresses, ports, times and the numbers of rules may differ. */
function getKey(probe: ProbeResult, rules: RuleResult[]): string {
  const { status, expected, observed, cause, rule, decided, journey, explanation, notes, advice, adviceTrial, hint } = probe;
  return JSON.stringify([
    [status, expected, observed?.outcome, observed?.errno, observed?.icmp, cause, decided, hint],
    [rule?.table, rule?.chain, rule?.text],
    gatherRepeats(journey).map((packet) => describePacket(packet, rules)),
    [explanation, ...notes.map(({ text }) => text), advice ?? ''].map(leaveOutNumbers),
    adviceTrial === null,
  ]);
}

function describePacket({ kind, direction, sender, fate, steps }: Packet, rules: RuleResult[]): unknown {
  return [
    kind,
    direction,
    sender,
    fate,
    steps.map(({ hook, table, chain, rule, verdict }) => [hook, table, chain, verdict, findRule(rules, rule)?.text]),
  ];
}

function leaveOutNumbers(text: string): string {
  return text.replace(/[\da-f]*:[\da-f:]+|\d+(?:\.\d+)*/g, '#');
}
