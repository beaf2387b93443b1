import { checkEvidence } from '../plan/check-evidence.js';
import { makePlan } from '../plan/make-plan.js';
import type { ClosingEvidence, InterfaceCounters, ProbeReply } from '../model/evidence.js';
import type { Patience, PhasePlan, Plan } from '../model/plan.js';
import type { Backend, Outcome, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import type { SessionClient } from '../sandbox/session-client.js';
import { makeErrorResult, makeScenarioResult } from './make-scenario-result.js';

export interface ScenarioRun {
  result: ScenarioResult;
  /** What iptables says of its version; null where it was not reached. */
  iptables: string | null;
}

/** What a world has shown. */
export interface Observed {
  /** By the probe's index; a probe without a connection of its own has none. */
  controls: Map<number, Outcome>;
  /** One for each probe, in order. */
  replies: ProbeReply[];
  /** One for each rule set, in order. */
  evidence: ClosingEvidence[];
  /** Of the interfaces, before the first probe and after the last; none where nobody wants to know. */
  counters: { before: InterfaceCounters[]; after: InterfaceCounters[] };
}

const NO_EVIDENCE: ClosingEvidence = { saved: [], hits: [], unattributed: 0, traceLost: true };

/**
 * Runs one scenario in a world of its own: plan, observe, check the evidence, judge. What a client sees is a value;
 * an error means that loopfw could not do its work, and becomes the scenario's.
 */
export async function runScenario(scenario: Scenario, backend: Backend, session: SessionClient, patience: Patience): Promise<ScenarioRun> {
  const started = performance.now();
  const getDurationMs = () => Math.round((performance.now() - started) * 1000) / 1000;
  try {
    const plan = makePlan(scenario, backend, patience);
    const observed = await observe(plan, scenario.counters.length > 0, session);
    const ruleSets = plan.phases.flatMap(({ firewalls }) => (firewalls === null ? [] : [firewalls]));
    const checked = ruleSets.map((firewalls, place) => checkEvidence(firewalls, observed.evidence[place] ?? NO_EVIDENCE));
    const result = makeScenarioResult(scenario, backend, observed, checked, getDurationMs());
    return { result, iptables: checked[0]?.iptables ?? null };
  } catch (error) {
    return { result: makeErrorResult(scenario, backend, error, getDurationMs()), iptables: null };
  }
}

/** Takes a world through its life. It is closed whatever happens. */
async function observe(plan: Plan, isCounting: boolean, session: SessionClient): Promise<Observed> {
  let observed: Observed;
  try {
    await session.request({ type: 'open', world: plan.world, servers: plan.servers });
    const probes = plan.phases.flatMap(({ batches }) => batches.flat()).filter(({ use }) => use === null);
    const controls = await session.request({ type: 'control', probes });
    const outcomes = new Map(probes.flatMap(({ index }, place) => toEntries(index, controls[place])));
    observed = { controls: outcomes, ...(await runPhases(plan.phases, isCounting, session)) };
  } catch (error) {
    // The first failure is the one to report: what is wrong with closing follows from it.
    await session.request({ type: 'close' }).catch(() => {});
    throw error;
  }
  await session.request({ type: 'close' });
  return observed;
}

/** Phase by phase. A rule set's evidence is read when the next one is about to take its place. */
async function runPhases(phases: PhasePlan[], isCounting: boolean, session: SessionClient): Promise<Omit<Observed, 'controls'>> {
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
    if (next === undefined || next.firewalls !== null) {
      evidence.push(await session.request({ type: 'evidence', isLast: next === undefined }));
    }
  }
  return { replies, evidence, counters };
}

function toEntries(index: number, outcome: Outcome | undefined): [number, Outcome][] {
  return outcome === undefined ? [] : [[index, outcome]];
}
