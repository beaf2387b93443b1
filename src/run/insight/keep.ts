import type { ProbeSpec, Scenario } from '../../model/scenario.js';
import { withoutBystanders } from './bystanders.js';

/** A scenario with some of its probes. */
export interface Cut {
  scenario: Scenario;
  /** The indices that its probes have in the whole scenario, in order. */
  kept: number[];
}

/** The scenario with these probes alone, numbered anew, and with what of its world they need. */
export function keep(scenario: Scenario, isKept: (probe: ProbeSpec) => boolean): Cut {
  const kept: number[] = [];
  const results = new Map<number, number>();
  const number = (probe: ProbeSpec): ProbeSpec => {
    const resultIndex = results.get(probe.resultIndex) ?? results.size;
    results.set(probe.resultIndex, resultIndex);
    return { ...probe, index: kept.push(probe.index) - 1, resultIndex };
  };
  const phases = scenario.phases.map((phase) => ({
    ...phase,
    batches: phase.batches.map((batch) => batch.filter(isKept).map(number)).filter((batch) => batch.length > 0),
  }));
  return { scenario: withoutBystanders({ ...scenario, phases, saysLittle: [] }), kept };
}

/** The scenario with other probes in the place of its own. */
export function changeProbes(scenario: Scenario, change: (probe: ProbeSpec) => ProbeSpec): Scenario {
  const phases = scenario.phases.map((phase) => ({ ...phase, batches: phase.batches.map((batch) => batch.map(change)) }));
  return { ...scenario, phases };
}

/** The scenario without expectations: what is seen is compared later. */
export function withoutExpectations(scenario: Scenario): Scenario {
  return { ...changeProbes(scenario, (probe) => ({ ...probe, expect: {} })), counters: [] };
}
