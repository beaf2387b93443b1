import { checkEvidence } from '../plan/check-evidence.js';
import { makePlan } from '../plan/make-plan.js';
import type { ClosingEvidence, ProbeReport } from '../model/evidence.js';
import type { Patience, Plan } from '../model/plan.js';
import type { Backend, Outcome, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import type { SessionClient } from '../sandbox/session-client.js';
import { makeProbeResult } from './make-probe-result.js';
import { makeErrorResult, makeScenarioResult } from './make-scenario-result.js';

export interface ScenarioRun {
  result: ScenarioResult;
  /** What iptables says of its version; null where it was not reached. */
  iptables: string | null;
}

/** What a world has shown. A probe that could not be made is an error in its place. */
interface Observed {
  controls: Outcome[];
  reports: (ProbeReport | Error)[];
  evidence: ClosingEvidence;
}

/**
 * Runs one scenario in a world of its own: plan, observe, check the evidence, judge. What a client sees is a value;
 * an error means that loopfw could not do its work, and becomes the scenario's.
 */
export async function runScenario(scenario: Scenario, backend: Backend, session: SessionClient, patience: Patience): Promise<ScenarioRun> {
  const started = performance.now();
  const getDurationMs = () => Math.round((performance.now() - started) * 1000) / 1000;
  try {
    const plan = makePlan(scenario, backend, patience);
    const { controls, reports, evidence } = await observe(plan, session);
    const checked = checkEvidence(plan.firewalls, evidence);
    const probes = scenario.probes.map((probe, place) =>
      makeProbeResult(scenario, probe, controls[place], reports[place], checked.contradictions),
    );
    return { result: makeScenarioResult(scenario, backend, probes, checked.counters, getDurationMs()), iptables: checked.iptables };
  } catch (error) {
    return { result: makeErrorResult(scenario, backend, error, getDurationMs()), iptables: null };
  }
}

/** Takes a world through its life. It is closed whatever happens. */
async function observe(plan: Plan, session: SessionClient): Promise<Observed> {
  let observed: Observed;
  try {
    await session.request({ type: 'open', servers: plan.servers });
    const controls = await session.request({ type: 'control', probes: plan.probes });
    await session.request({ type: 'apply', firewalls: plan.firewalls });
    const reports = await runProbes(plan, session);
    observed = { controls, reports, evidence: await session.request({ type: 'evidence' }) };
  } catch (error) {
    // The first failure is the one to report: what is wrong with closing follows from it.
    await session.request({ type: 'close' }).catch(() => {});
    throw error;
  }
  await session.request({ type: 'close' });
  return observed;
}

async function runProbes(plan: Plan, session: SessionClient): Promise<Observed['reports']> {
  const reports: Observed['reports'] = [];
  for (const probe of plan.probes) {
    try {
      reports.push(await session.request({ type: 'probe', probe }));
    } catch (error) {
      if (session.hasFailed) {
        throw error;
      }
      reports.push(error as Error);
    }
  }
  return reports;
}
