import type { MutatedRule } from '../../../model/insight/mutation.js';
import type { Backend, ScenarioResult } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import { listMemories, listRuleMutants, type RuleMutant } from '../../../plan/mutants.js';
import { type Cut, cut, shorten } from './cut.js';
import { Meetings } from './meetings.js';

/** A mutant, and how it runs. */
export interface PlannedMutant extends RuleMutant {
  rule: MutatedRule;
  /** null: no probe meets what the change is about. */
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
  const memories = listMemories(scenario, usual);
  const { mutants, notMutated } = listRuleMutants(scenario, rules);
  const planned = mutants.map((mutant): PlannedMutant => {
    const { phase, place, change } = mutant;
    const noticing = [
      ...(change.touches.matched ? meetings.listMatching(phase, place) : []),
      ...(change.touches.others ? meetings.listAsked(phase, place) : []),
    ];
    return {
      ...mutant,
      rule: describe(scenario, mutant),
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
