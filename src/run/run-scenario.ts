import { checkEvidence } from '../plan/check-evidence.js';
import { makePlan } from '../plan/make-plan.js';
import type { Capture } from '../model/capture.js';
import type { ClosingEvidence, Observed, ProbeReply } from '../model/evidence.js';
import type { Patience, PhasePlan, Plan } from '../model/plan.js';
import type { Backend, Outcome, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import type { WorldClient } from '../sandbox/session-client.js';
import { makeErrorResult, makeScenarioResult } from './make-scenario-result.js';

export interface ScenarioRun {
  result: ScenarioResult;
  /** What iptables says of its version; null where it was not reached. */
  iptables: string | null;
  /** null where nobody asked for it, or where the probes did not come to their end. */
  capture: Capture | null;
}

export interface ScenarioOptions {
  patience: Patience;
  /** Whether the packets of the probes are to be kept. */
  isCaptured?: boolean;
}

const NO_EVIDENCE: ClosingEvidence = { saved: [], native: null, hits: [], unattributed: 0, traceLost: true };

/**
 * Runs one scenario in a world of its own: plan, observe, check the evidence, judge. What a client sees is a value;
 * an error means that loopfw could not do its work, and becomes the scenario's.
 */
export async function runScenario(
  scenario: Scenario,
  backend: Backend,
  session: WorldClient,
  { patience, isCaptured = false }: ScenarioOptions,
): Promise<ScenarioRun> {
  const started = performance.now();
  const getDurationMs = () => Math.round((performance.now() - started) * 1000) / 1000;
  try {
    const plan = makePlan(scenario, backend, patience);
    const observed = await observe(plan, session, { isCaptured, isCounting: scenario.counters.length > 0 });
    const ruleSets = plan.phases.flatMap(({ firewalls }) => (firewalls === null ? [] : [firewalls]));
    const checked = ruleSets.map((firewalls, place) => checkEvidence(firewalls, observed.evidence[place] ?? NO_EVIDENCE));
    const result = makeScenarioResult(scenario, backend, observed, checked, getDurationMs());
    return { result, iptables: checked[0]?.iptables ?? null, capture: observed.capture };
  } catch (error) {
    return { result: makeErrorResult(scenario, backend, error, getDurationMs()), iptables: null, capture: null };
  }
}

/** What else a world is to show. */
interface Watch {
  isCaptured: boolean;
  isCounting: boolean;
}

/** Takes a world through its life. It is closed whatever happens. */
async function observe(plan: Plan, session: WorldClient, watch: Watch): Promise<Observed> {
  let observed: Observed;
  try {
    await session.request({ type: 'open', world: plan.world, servers: plan.servers });
    const probes = plan.phases.flatMap(({ batches }) => batches.flat()).filter(({ use }) => use === null);
    const controls = await session.request({ type: 'control', probes });
    const outcomes = new Map(probes.flatMap(({ index }, place) => toEntries(index, controls[place])));
    observed = { controls: outcomes, ...(await runPhases(plan.phases, session, watch)) };
  } catch (error) {
    // The first failure is the one to report: what is wrong with closing follows from it.
    await session.request({ type: 'close' }).catch(() => {});
    throw error;
  }
  await session.request({ type: 'close' });
  return observed;
}

/** Phase by phase. A rule set's evidence is read when the next one is about to take its place. */
async function runPhases(
  phases: PhasePlan[],
  session: WorldClient,
  { isCaptured, isCounting }: Watch,
): Promise<Omit<Observed, 'controls'>> {
  if (isCaptured) {
    await session.request({ type: 'capture' });
  }
  let capture: Capture | null = null;
  const count = async () => (isCounting ? session.request({ type: 'counters' }) : []);
  const counters: Observed['counters'] = { before: [], after: [] };
  const replies: ProbeReply[] = [];
  const evidence: ClosingEvidence[] = [];
  for (const [place, { firewalls, batches }] of phases.entries()) {
    if (firewalls !== null) {
      await session.request({ type: 'apply', firewalls });
    }
    if (place === 0) {
      counters.before = await count();
    }
    for (const probes of batches) {
      replies.push(...(await session.request({ type: 'probe', probes })));
    }
    const next = phases[place + 1];
    if (next === undefined) {
      counters.after = await count();
    }
    if (next === undefined && isCaptured) {
      const { base64, ...rest } = await session.request({ type: 'capture-end' });
      capture = { pcap: Buffer.from(base64, 'base64'), ...rest };
    }
    if (next === undefined || next.firewalls !== null) {
      evidence.push(await session.request({ type: 'evidence', isLast: next === undefined }));
    }
  }
  return { replies, evidence, capture, counters };
}

function toEntries(index: number, outcome: Outcome | undefined): [number, Outcome][] {
  return outcome === undefined ? [] : [[index, outcome]];
}
