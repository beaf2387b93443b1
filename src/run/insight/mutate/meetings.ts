import { listProbes } from '../../../input/scenario/probes/list.js';
import type { Packet, ProbeResult, ScenarioResult, Step } from '../../../model/result.js';
import type { Entry } from '../../../model/rule.js';
import type { ProbeSpec, Scenario } from '../../../model/scenario.js';
import type { MutatedPlace } from '../../../plan/mutants.js';
import { getFamily } from '../../../words/addresses.js';

/** Verdicts that end the walk through a chain. */
const LEAVING: Step['verdict'][] = ['accept', 'drop', 'reject', 'goto', 'return'];

/** A rule that matches no packet of neighbour discovery. */
const ONLY_PORTS = /(?<! !) -p (?:tcp|udp) /;

/** Which probes meet which rules, as the kernel showed in a run without a change. */
export class Meetings {
  readonly #probes: { spec: ProbeSpec; seen: ProbeResult }[];
  /** The numbers of the policies of each phase. */
  readonly #policies: Set<number>[];
  /** The chains that the rules of each phase lead to, by the numbers of the rules. */
  readonly #leads: Map<number, string[]>[];
  readonly #hasNeighbours: boolean;

  constructor(scenario: Scenario, { probes }: Pick<ScenarioResult, 'probes'>) {
    this.#probes = listProbes(scenario).flatMap((spec, place) => {
      const seen = probes[place];
      return seen === undefined ? [] : [{ spec, seen }];
    });
    this.#hasNeighbours = scenario.world.interfaces.length > 0;
    this.#policies = scenario.phases.map(({ ruleSet }) => {
      const own = (ruleSet?.rules ?? []).filter(({ entries }) => entries.some(({ kind }) => kind === 'policy'));
      return new Set(own.flatMap(({ index }) => index ?? []));
    });
    this.#leads = scenario.phases.map(
      ({ ruleSet }) =>
        new Map((ruleSet?.rules ?? []).flatMap(({ index, entries }) => (index === null ? [] : [[index, listTargets(entries)]]))),
    );
  }

  /** The probes of which a packet matched a rule, or was left to a policy, by their index. @param phase the place of the rule's phase */
  listMatching(phase: number, place: MutatedPlace): number[] {
    const isMatch = (step: Step) =>
      isIn(step, place) && step.rule === place.index && (!place.isPolicy || step.verdict === 'accept' || step.verdict === 'drop');
    return this.#list(phase, place, ({ steps }) => steps.some(isMatch));
  }

  /** The probes of which a packet was asked by a rule, whether it matched or not. */
  listAsked(phase: number, place: MutatedPlace): number[] {
    const policies = this.#policies[phase] ?? new Set();
    const leads = this.#leads[phase] ?? new Map<number, string[]>();
    // The kernel reports no step in a user chain of which no rule matches: only the jump there.
    const isThrough = (step: Step, next: Step | undefined) =>
      step.table === place.table &&
      (leads.get(step.rule ?? -1)?.includes(place.chain) ?? false) &&
      (next === undefined || !isIn(next, place) || next.hook !== step.hook);
    return this.#list(phase, place, ({ steps }) =>
      steps.some((step, at) => isThrough(step, steps[at + 1]) || mayReach(step, steps[at + 1], place, policies)),
    );
  }

  /**
   * The probes whose neighbours are searched by packets that the rule may match. No evidence shows these packets, but without them a client
   * reaches nobody.
   * @param text the changed rule
   */
  listNeighbours(phase: number, { families }: MutatedPlace, text: string): number[] {
    const isPossible = this.#hasNeighbours && families.includes('ipv6') && !ONLY_PORTS.test(text);
    return this.#probes
      .filter(({ spec, seen }) => isPossible && seen.ruleSet === phase && getFamily(spec.to.address) === 'ipv6')
      .map(({ spec }) => spec.index);
  }

  #list(phase: number, { families }: MutatedPlace, meets: (packet: Packet) => boolean): number[] {
    return this.#probes
      .filter(({ spec, seen }) => seen.ruleSet === phase && families.includes(getFamily(spec.to.address)) && seen.journey.some(meets))
      .map(({ spec }) => spec.index);
  }
}

function listTargets(entries: Entry[]): string[] {
  return entries.flatMap((entry) => ('rules' in entry ? entry.rules.flatMap(({ target }) => target?.name ?? []) : []));
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
