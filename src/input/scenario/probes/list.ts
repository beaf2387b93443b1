import type { ProbeSpec, Scenario } from '../../../model/scenario.js';

/** All probes of a scenario, phase by phase. The place of a probe in the list is its `index`. */
export function listProbes({ phases }: Pick<Scenario, 'phases'>): ProbeSpec[] {
  return phases.flatMap(({ batches }) => batches.flat());
}
