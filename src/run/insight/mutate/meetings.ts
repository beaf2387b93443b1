import { listProbes } from '../../../input/scenario/probes/list.js';
import type { Packet, ProbeResult, ScenarioResult, Step } from '../../../model/result.js';
import type { ProbeSpec, Scenario } from '../../../model/scenario.js';
import type { MutatedPlace } from '../../../plan/mutants.js';
import { getFamily } from '../../../words/addresses.js';

/** Verdicts that end the walk through a chain. */
const LEAVING: Step['verdict'][] = ['accept', 'drop', 'reject', 'goto', 'return'];

/** Which probes meet which rules, as the kernel showed in a run without a change. */
export class Meetings {
  readonly #probes: { spec: ProbeSpec; seen: ProbeResult }[];
  /** The numbers of the policies of each phase. */
  readonly #policies: Set<number>[];

  constructor(scenario: Scenario, { probes }: Pick<ScenarioResult, 'probes'>) {
    this.#probes = listProbes(scenario).flatMap((spec, place) => {
      const seen = probes[place];
      return seen === undefined ? [] : [{ spec, seen }];
    });
    this.#policies = scenario.phases.map(({ ruleSet }) => {
      const own = (ruleSet?.rules ?? []).filter(({ entries }) => entries.some(({ kind }) => kind === 'policy'));
      return new Set(own.flatMap(({ index }) => index ?? []));
    });
  }

  /** The probes of which a packet matched a rule, or was left to a policy, by their index. @param phase the place of the rule's phase */
  listMatching(phase: number, place: MutatedPlace): number[] {
    const isMatch = (step: Step) =>
      isIn(step, place) && step.rule === place.index && (!place.isPolicy || step.verdict === 'accept' || step.verdict === 'drop');
    return this.#list(phase, place, ({ steps }) => steps.some(isMatch));
  }

  /** The probes of which a packet was asked by a rule, whether it matched or not. */
  listAsked(phase: number, place: MutatedPlace): number[] {
    return this.#list(phase, place, ({ steps }) =>
      steps.some((step, at) => mayReach(step, steps[at + 1], place, this.#policies[phase] ?? new Set())),
    );
  }

  #list(phase: number, { families }: MutatedPlace, meets: (packet: Packet) => boolean): number[] {
    return this.#probes
      .filter(({ spec, seen }) => seen.ruleSet === phase && families.includes(getFamily(spec.to.address)) && seen.journey.some(meets))
      .map(({ spec }) => spec.index);
  }
}

function isIn({ table, chain }: Step, place: MutatedPlace): boolean {
  return table === place.table && chain === place.chain;
}

/**
 * Whether a packet with this step in the chain may have come to the rule. A step that leaves the chain before the rule shows that it has
 * not.
 */
function mayReach(step: Step, next: Step | undefined, place: MutatedPlace, policies: Set<number>): boolean {
  const { index, isInOrder } = place;
  if (!isIn(step, place)) {
    return false;
  }
  const isLast = next === undefined || !isIn(next, place) || next.hook !== step.hook;
  const isThrough = step.rule === null || policies.has(step.rule);
  return isLast && (!isInOrder || isThrough || !LEAVING.includes(step.verdict) || index === null || (step.rule ?? 0) >= index);
}
