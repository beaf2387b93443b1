import { listProbes } from '../../../input/scenario/probes/list.js';
import type { Packet, ProbeResult, ScenarioResult, Step } from '../../../model/result.js';
import type { Entry } from '../../../model/rule.js';
import type { ProbeSpec, Scenario, ScenarioRule } from '../../../model/scenario.js';
import { getFamily } from '../../../words/addresses.js';

/** Verdicts that end the walk through a chain. */
const LEAVING: Step['verdict'][] = ['accept', 'drop', 'reject', 'goto', 'return'];

/** Which probes meet which rules, as the kernel showed in a run without a change. */
export class Meetings {
  readonly #probes: { spec: ProbeSpec; seen: ProbeResult }[];

  constructor(scenario: Scenario, { probes }: Pick<ScenarioResult, 'probes'>) {
    this.#probes = listProbes(scenario).flatMap((spec, place) => {
      const seen = probes[place];
      return seen === undefined ? [] : [{ spec, seen }];
    });
  }

  /** The probes of which a packet matched a rule, or was left to a policy, by their index. @param phase the place of the rule's phase */
  listMatching(phase: number, rule: ScenarioRule, entry: Entry): number[] {
    const isMatch =
      entry.kind === 'policy'
        ? (step: Step) => isIn(step, entry) && step.rule === rule.index && (step.verdict === 'accept' || step.verdict === 'drop')
        : (step: Step) => step.rule === rule.index;
    return this.#list(phase, entry, ({ steps }) => steps.some(isMatch));
  }

  /** The probes of which a packet was asked by a rule, whether it matched or not. */
  listAsked(phase: number, rule: ScenarioRule, entry: Entry): number[] {
    return this.#list(phase, entry, ({ steps }) => steps.some((step, place) => mayReach(step, steps[place + 1], rule, entry)));
  }

  #list(phase: number, entry: Entry, meets: (packet: Packet) => boolean): number[] {
    return this.#probes
      .filter(({ spec, seen }) => seen.ruleSet === phase && getFamily(spec.to.address) === entry.family && seen.journey.some(meets))
      .map(({ spec }) => spec.index);
  }
}

function isIn({ table, chain }: Step, entry: Entry): boolean {
  return table === entry.table && chain === entry.chain;
}

/**
 * Whether a packet with this step in the chain may have come to the rule. A step that leaves the chain before the rule shows that it has
 * not. Rules that are inserted are not in the order of their numbers.
 */
function mayReach(step: Step, next: Step | undefined, rule: ScenarioRule, entry: Entry): boolean {
  if (!isIn(step, entry)) {
    return false;
  }
  const isLast = next === undefined || !isIn(next, entry) || next.hook !== step.hook;
  const isAppended = entry.kind === 'append';
  return isLast && (!isAppended || !LEAVING.includes(step.verdict) || step.rule === null || rule.index === null || step.rule >= rule.index);
}
