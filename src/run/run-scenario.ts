import { EnvironmentError } from '../errors.js';
import { checkEvidence } from '../plan/check-evidence.js';
import { makePlan } from '../plan/make-plan.js';
import type { Capture } from '../model/capture.js';
import type { ClosingEvidence, Observed } from '../model/evidence.js';
import type { Replies, Request } from '../model/message.js';
import type { Patience, Plan } from '../model/plan.js';
import type { Backend, Outcome, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import type { WorldClient } from '../sandbox/session-client.js';
import { makeErrorResult, makeScenarioResult } from './make-scenario-result.js';

export interface ScenarioRun {
  result: ScenarioResult;
  /** null where nobody asked for it, or where the probes did not come to their end. */
  capture: Capture | null;
}

export interface ScenarioOptions {
  patience: Patience;
  /** Whether the packets of the probes are to be kept. */
  isCaptured?: boolean;
}

const NO_EVIDENCE: ClosingEvidence = { ruleSet: { kind: 'iptables', families: [] }, hits: [], unattributed: 0, traceLost: true };

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
    const ruleSets = plan.phases.flatMap(({ ruleSet }) => (ruleSet === null ? [] : [ruleSet]));
    const checked = ruleSets.map((ruleSet, place) => checkEvidence(ruleSet, observed.evidence[place] ?? NO_EVIDENCE));
    const result = makeScenarioResult(scenario, backend, observed, checked, getDurationMs());
    return { result, capture: observed.capture };
  } catch (error) {
    return { result: makeErrorResult(scenario, backend, error, getDurationMs()), capture: null };
  }
}

/** What else a world is to show. */
interface Watch {
  isCaptured: boolean;
  isCounting: boolean;
}

/**
 * Takes a world through its life. All is asked at once: the inside answers in order, and after a failure it fails all that follows but the
 * close. A rule set's evidence is read when the next one is about to take its place.
 */
async function observe({ world, servers, phases }: Plan, session: WorldClient, { isCaptured, isCounting }: Watch): Promise<Observed> {
  const observed: Observed = { controls: new Map(), replies: [], evidence: [], capture: null, counters: { before: [], after: [] } };
  const asked: Promise<void>[] = [];
  const ask = <R extends Request>(request: R, take: (reply: Replies[R['type']]) => void = () => {}) => {
    asked.push(session.request(request).then(take));
  };
  const askIf = <R extends Request>(isAsked: boolean, request: R, take?: (reply: Replies[R['type']]) => void) =>
    isAsked ? ask(request, take) : undefined;
  const askEvidence = (isLast: boolean) => ask({ type: 'evidence', isLast }, (evidence) => observed.evidence.push(evidence));

  ask({ type: 'open', world, servers });
  const controlled = phases.flatMap(({ flows }) => flows.flatMap(({ probes }) => probes)).filter(({ use }) => use === null);
  ask({ type: 'control', probes: controlled }, (outcomes) => {
    observed.controls = new Map(controlled.flatMap(({ index }, place) => toEntries(index, outcomes[place])));
  });
  askIf(isCaptured, { type: 'capture' });
  for (const [place, { ruleSet, flows }] of phases.entries()) {
    if (ruleSet !== null) {
      if (place > 0) {
        askEvidence(false);
      }
      ask({ type: 'apply', ruleSet });
    }
    askIf(isCounting && place === 0, { type: 'counters' }, (before) => (observed.counters.before = before));
    for (const flow of flows) {
      ask({ type: 'probe', ...flow }, (replies) => observed.replies.push(...replies));
    }
  }
  askIf(isCounting, { type: 'counters' }, (after) => (observed.counters.after = after));
  askIf(isCaptured, { type: 'capture-end' }, ({ base64, ...rest }) => {
    observed.capture = { pcap: Buffer.from(base64, 'base64'), ...rest };
  });
  askEvidence(true);
  ask({ type: 'close' });
  await Promise.all(asked);
  assertMade(observed);
  return observed;
}

/** Where the machine ran short of something, what the other probes saw may be its doing, too. */
function assertMade({ replies }: Observed): void {
  for (const reply of replies) {
    if ('problem' in reply && reply.isMachine) {
      throw new EnvironmentError(reply.problem);
    }
  }
}

function toEntries(index: number, outcome: Outcome | undefined): [number, Outcome][] {
  return outcome === undefined ? [] : [[index, outcome]];
}
