import { EnvironmentError, getErrorCode } from '../model/errors.js';
import type { CheckedEvidence, WorldObservations } from '../model/evidence.js';
import type { Backend, ProbeResult, RuleResult, ScenarioResult, Status } from '../model/result.js';
import type { RuleSet, Scenario, ScenarioRule } from '../model/scenario.js';
import { judgeCounters } from '../verdict/counters.js';
import { makeProbeError, makeProbeResult } from './probe-result.js';

/** From good to bad. A scenario has the worst status of its probes and counters. */
const SEVERITY: Status[] = ['passed', 'inconclusive', 'failed', 'error'];

const UNCHECKED: CheckedEvidence = { rules: null, counters: new Map(), contradictions: [] };

/** A rule set and its checked evidence. It applies from its phase until another phase brings a rule set. */
interface JudgedRules {
  phase: string | null;
  kind: RuleSet['kind'];
  rules: ScenarioRule[];
  checked: CheckedEvidence;
}

/**
 * Makes the result of a scenario from what was observed.
 * @param checked the evidence of each rule set, in order
 */
export function makeScenarioResult(
  scenario: Scenario,
  backend: Backend,
  { controls, replies, counters: counted }: WorldObservations,
  checked: CheckedEvidence[],
  durationMs: number,
): ScenarioResult {
  const judged: JudgedRules[] = [];
  const probes: ProbeResult[] = [];
  for (const { name: phase, ruleSet, batches } of scenario.phases) {
    if (ruleSet !== null) {
      const own = checked[judged.length] ?? UNCHECKED;
      judged.push({ phase, kind: ruleSet.kind, rules: own.rules ?? getRules(ruleSet), checked: own });
    }
    const { kind = 'iptables', rules: own = [], checked: evidence } = judged.at(-1) ?? {};
    for (const probe of batches.flat()) {
      const doubts = evidence?.contradictions ?? [];
      probes.push(makeProbeResult(probe, phase, { kind, rules: own }, controls.get(probe.index), replies[probe.index], doubts));
    }
  }
  const counters = judgeCounters(scenario.counters, counted.before, counted.after);
  const { name, file } = scenario;
  const status = getWorst([...probes, ...counters]);
  return { name, file, backend, status, durationMs, error: null, rules: judged.flatMap(describeRules), probes, counters };
}

/** The result of a scenario that loopfw could not complete: none of its probes has a verdict. */
export function makeErrorResult(scenario: Scenario, backend: Backend, error: unknown, durationMs: number): ScenarioResult {
  const remedies = error instanceof EnvironmentError ? error.remedies : [];
  const message = [error instanceof Error ? error.message : String(error), ...remedies.map((remedy) => `remedy: ${remedy}`)].join('; ');
  return {
    name: scenario.name,
    file: scenario.file,
    backend,
    status: 'error',
    durationMs,
    error: { code: getErrorCode(error), message },
    rules: scenario.phases.flatMap(({ name: phase, ruleSet }) =>
      ruleSet === null ? [] : describeRules({ phase, kind: ruleSet.kind, rules: getRules(ruleSet), checked: UNCHECKED }),
    ),
    probes: scenario.phases.flatMap(({ name, batches }) => batches.flat().map((probe) => makeProbeError(probe, name, message))),
    counters: [],
  };
}

/** The rules of a native rule set are known only after the kernel has taken them. */
function getRules(ruleSet: RuleSet): ScenarioRule[] {
  return ruleSet.kind === 'iptables' ? ruleSet.rules : [];
}

function describeRules({ phase, rules, checked }: JudgedRules): RuleResult[] {
  return rules.flatMap(({ index, name, text, line }) => {
    if (index === null) {
      return [];
    }
    const counter = checked.counters.get(index);
    return [{ index, name, text, phase, line, packets: counter?.packets ?? null, bytes: counter?.bytes ?? null }];
  });
}

function getWorst(judged: { status: Status }[]): Status {
  return SEVERITY[Math.max(0, ...judged.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'error';
}
