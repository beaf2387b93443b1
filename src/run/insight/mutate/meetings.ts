import { listProbes } from '../../../input/scenario/probes/list.js';
import type { ProbeResult, ScenarioResult, Step } from '../../../model/result.js';
import type { Family } from '../../../model/rule.js';
import type { ProbeSpec, Scenario } from '../../../model/scenario.js';
import type { MutatedPlace } from '../../../plan/mutants.js';
import { getFamily } from '../../../words/addresses.js';

/** Verdicts that end the walk through a chain. */
const LEAVING: Step['verdict'][] = ['accept', 'drop', 'reject', 'goto', 'return'];
const LEADING: Step['verdict'][] = ['jump', 'goto'];

/** What the rules of a phase lead to, by their numbers. */
interface Rules {
  targets: Map<number, string | null>;
  chains: Set<string>;
  policies: Set<number>;
}

/** A rule that matches no packet of neighbour discovery. */
const ONLY_PORTS = /(?<! !) -p (?:tcp|udp) /;

/** Which probes meet which rules, as the kernel showed in a run without a change. */
export class Meetings {
  readonly #probes: { spec: ProbeSpec; seen: ProbeResult }[];
  /** By phase. */
  readonly #rules: Rules[];
  readonly #hasNeighbours: boolean;

  constructor(scenario: Scenario, { probes, rules }: Pick<ScenarioResult, 'probes' | 'rules'>) {
    this.#probes = listProbes(scenario).flatMap((spec, place) => {
      const seen = probes[place];
      return seen === undefined ? [] : [{ spec, seen }];
    });
    this.#hasNeighbours = scenario.world.interfaces.length > 0;
    this.#rules = scenario.phases.map(({ name, ruleSet }): Rules => {
      const own = rules.filter(({ phase }) => phase === name);
      const written = ruleSet?.rules ?? [];
      const policies = written.filter(({ entries }) => entries.some(({ kind }) => kind === 'policy'));
      const chains = written.flatMap(({ entries }) => entries.map(({ chain }) => chain));
      return {
        targets: new Map(own.map(({ index, target }) => [index, target])),
        chains: new Set([...own.map(({ chain }) => chain), ...chains]),
        policies: new Set(policies.flatMap(({ index }) => index ?? [])),
      };
    });
  }

  /** The probes of which a packet matched a rule, or was left to a policy, by their index. @param phase the place of the rule's phase */
  listMatching(phase: number, place: MutatedPlace): number[] {
    const isMatch = (step: Step) =>
      isIn(step, place) && step.rule === place.index && (!place.isPolicy || step.verdict === 'accept' || step.verdict === 'drop');
    return this.#list(phase, place, (steps) => steps.some(isMatch));
  }

  /** The probes of which a packet was asked by a rule, whether it matched or not. */
  listAsked(phase: number, place: MutatedPlace): number[] {
    const rules = this.#rules[phase];
    return rules === undefined
      ? []
      : this.#list(phase, place, (steps) => listVisits(steps, place, rules).some((visit) => mayReach(visit, place, rules)));
  }

  /**
   * The probes that may meet the rule by a packet that no evidence shows:
   * - Neighbour discovery. Without it a client reaches nobody.
   * - Any packet that comes to a policy. A chain without rules leaves no step in the trace.
   * @param text the changed rule
   * @param isSeen whether there is a probe that the evidence shows at the rule: then its chain leaves steps
   */
  listUnseen(phase: number, { families, isPolicy }: MutatedPlace, text: string, isSeen: boolean): number[] {
    const areNeighboursMet = this.#hasNeighbours && families.includes('ipv6') && !ONLY_PORTS.test(text);
    const mayMeet = (family: Family) => families.includes(family) && ((isPolicy && !isSeen) || (areNeighboursMet && family === 'ipv6'));
    return this.#probes
      .filter(({ spec, seen }) => seen.ruleSet === phase && mayMeet(getFamily(spec.to.address)))
      .map(({ spec }) => spec.index);
  }

  #list(phase: number, { families }: MutatedPlace, meets: (steps: Step[]) => boolean): number[] {
    return this.#probes
      .filter(({ spec, seen }) => seen.ruleSet === phase && families.includes(getFamily(spec.to.address)))
      .filter(({ seen }) => seen.journey.some(({ steps }) => meets(steps)))
      .map(({ spec }) => spec.index);
  }
}

function isIn({ table, chain }: Step, place: MutatedPlace): boolean {
  return table === place.table && chain === place.chain;
}

/**
 * The steps of a packet on each of its visits to a chain. A packet that no rule of a chain of the user matches leaves no step there: that it
 * came there, the rule that led it shows.
 */
function listVisits(steps: Step[], place: MutatedPlace, rules: Rules): Step[][] {
  const begins = steps.flatMap((step, at) => {
    const isFirst = steps.findIndex((other) => isIn(other, place) && other.hook === step.hook) === at;
    return leads(step, place, rules) ? [at + 1] : isIn(step, place) && isFirst ? [at] : [];
  });
  return begins.map((begin, visit) => steps.slice(begin, begins[visit + 1]));
}

function leads({ table, rule, verdict }: Step, place: MutatedPlace, { targets, chains }: Rules): boolean {
  const target = rule === null ? null : (targets.get(rule) ?? null);
  // Of a verdict map nothing says where it has led the packet.
  const isUnknown = target === null || !chains.has(target);
  return LEADING.includes(verdict) && table === place.table && (target === place.chain || isUnknown);
}

/**
 * Whether a packet on such a visit may have come to the rule: not if a rule before it has led it out of the chain. Rules that are inserted do
 * not stand in the order of their numbers.
 */
function mayReach(visit: Step[], place: MutatedPlace, { policies }: Rules): boolean {
  const { index, isInOrder } = place;
  const by = visit.find((step) => isIn(step, place) && LEAVING.includes(step.verdict))?.rule ?? null;
  return by === null || policies.has(by) || !isInOrder || index === null || by >= index;
}
