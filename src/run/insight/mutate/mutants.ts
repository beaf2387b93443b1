import type { MutatedRule } from '../../../model/insight/mutation.js';
import type { Backend, ScenarioResult } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import { listRuleMutants, type RuleMutant } from '../../../plan/mutants.js';
import { makePlan } from '../../../plan/plan.js';
import { joinMemories, listProbeMemories, mayRemember, type Memories } from '../../../plan/remembered.js';
import type { Cut } from '../keep.js';
import { cut, shorten } from './cut.js';
import { Meetings } from './meetings.js';

/** A mutant, and how it runs. */
export interface PlannedMutant extends RuleMutant {
  rule: MutatedRule;
  /** Whether the evidence shows probes that meet what the change is about. */
  isMet: boolean;
  /** null: no probe can notice it. */
  cut: Cut | null;
  /** The probe with its whole time limit, and what it needs. */
  makePatient: (probe: number) => Cut;
}

/** The mutants of a scenario, and what of it is not changed, in sentences. */
export interface PlannedMutants {
  planned: PlannedMutant[];
  notMutated: string[];
}

/**
 * Lists the mutants of a scenario's rules, and the probes that each of them may change.
 * @param baseline a run without a change
 */
export function planMutants(scenario: Scenario, { probes, rules }: ScenarioResult, usual: Backend): PlannedMutants {
  const meetings = new Meetings(scenario, { probes, rules });
  const usually = listMemories(scenario, usual);
  const isRemembering = mayRemember(scenario);
  const { mutants, notMutated } = listRuleMutants(scenario, rules);
  const planned = mutants.map((mutant): PlannedMutant => {
    const { phase, place, change } = mutant;
    const meeting = [
      ...(change.touches.matched ? meetings.listMatching(phase, place) : []),
      ...(change.touches.others ? meetings.listAsked(phase, place) : []),
    ];
    const noticing = [...meeting, ...meetings.listUnseen(phase, place, change.text, meeting.length > 0)];
    // A changed rule may remember other probes.
    const memories = isRemembering ? joinMemories(usually, listMemories(toMutated(scenario, mutant), usual)) : usually;
    return {
      ...mutant,
      rule: describe(scenario, mutant),
      isMet: meeting.length > 0,
      cut: noticing.length === 0 ? null : shorten(cut(scenario, [...new Set(noticing)], memories), null),
      makePatient: (probe) => shorten(cut(scenario, [probe], memories), probe),
    };
  });
  return { planned, notMutated };
}

/** The scenario with the changed rule. */
export function toMutated(scenario: Scenario, { phase, apply }: RuleMutant): Scenario {
  const phases = scenario.phases.map((own, place) =>
    place === phase && own.ruleSet !== null ? { ...own, ruleSet: apply(own.ruleSet) } : own,
  );
  return { ...scenario, phases };
}

function describe({ file, phases }: Scenario, { phase, place: { index, text, line, ...place } }: RuleMutant): MutatedRule {
  return { index, text, phase: phases[phase]?.name ?? null, file: place.file ?? file, line };
}

/** What the rules of a scenario may remember of each probe. */
export function listMemories(scenario: Scenario, usual: Backend): Memories[] {
  return listProbeMemories(scenario, makePlan(scenario, usual, 'proof'));
}
