import type { Counter } from '../plan/check-evidence.js';
import type { Backend, ProbeResult, RuleResult, ScenarioResult, Status } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { makeProbeError } from './make-probe-result.js';

/** From bad to worse; a scenario has the worst status of its probes. */
const SEVERITY: Status[] = ['passed', 'inconclusive', 'failed', 'error'];

export function makeScenarioResult(
  scenario: Scenario,
  backend: Backend,
  probes: ProbeResult[],
  counters: Map<number, Counter>,
  durationMs: number,
): ScenarioResult {
  return {
    ...describeScenario(scenario, backend),
    status: getWorst(probes),
    durationMs,
    error: null,
    rules: describeRules(scenario, counters),
    probes,
  };
}

/** A scenario that loopfw could not bring to its end: no probe of it has a verdict. */
export function makeErrorResult(scenario: Scenario, backend: Backend, error: unknown, durationMs: number): ScenarioResult {
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof Error && 'code' in error && (error.code === 'environment' || error.code === 'usage') ? error.code : 'internal';
  return {
    ...describeScenario(scenario, backend),
    status: 'error',
    durationMs,
    error: { code, message },
    rules: describeRules(scenario, new Map()),
    probes: scenario.probes.map((probe) => makeProbeError(probe, message)),
  };
}

function describeScenario({ name, file }: Scenario, backend: Backend): Pick<ScenarioResult, 'name' | 'file' | 'backend'> {
  return { name, file, backend };
}

function describeRules(scenario: Scenario, counters: Map<number, Counter>): RuleResult[] {
  return scenario.rules.map(({ index, name, text }) => {
    const counter = counters.get(index);
    return { index, name, text, phase: null, packets: counter?.packets ?? null, bytes: counter?.bytes ?? null };
  });
}

function getWorst(probes: ProbeResult[]): Status {
  return SEVERITY[Math.max(0, ...probes.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'error';
}
