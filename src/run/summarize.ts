import type { ScenarioResult, Status, Summary } from '../model/result.js';

/** Counts the probes of all scenarios by status. */
export function summarize(scenarios: ScenarioResult[], durationMs: number): Summary {
  const probes = scenarios.flatMap((scenario) => scenario.probes);
  const count = (status: Status) => probes.filter((probe) => probe.status === status).length;
  return {
    scenarios: scenarios.length,
    probes: probes.length,
    passed: count('passed'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    errors: count('error'),
    durationMs,
  };
}
