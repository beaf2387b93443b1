import { EnvironmentError } from '../model/errors.js';
import type { Capture, ClosingEvidence, WorldObservations } from '../model/evidence.js';
import type { FlowReplies, Replies, Request } from '../model/message.js';
import type { Flow, Patience, Plan, PlannedRuleSet } from '../model/plan.js';
import type { Outcome, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { checkEvidence } from '../plan/check-evidence.js';
import { listIdentities } from '../plan/identities.js';
import { makePlan } from '../plan/plan.js';
import type { WorldClient } from '../sandbox/client.js';
import type { NativeListing } from './coverage.js';
import { isNoted, type Offers } from './probe-result.js';
import type { Run } from './runs.js';
import { assertIdsExist } from './users.js';
import { EarlyResults, makeErrorResult, makeScenarioResult } from './scenario-result.js';

/** The result of one run of a scenario, and its captured packets. */
export interface ScenarioRun {
  result: ScenarioResult;
  /** null if no capture was requested, or if the probes did not finish. */
  capture: Capture | null;
  /** What may help the probes that have not passed. */
  offers: Offers;
}

export interface ScenarioOptions {
  patience: Patience;
  /** Whether to capture the packets of the probes. */
  isCaptured?: boolean;
  /** Whether probes that ended as expected get notes, too. */
  areAllNoted?: boolean;
  /** Whether it is said of each rule that no packet reached why that is so. */
  explainsUnreached?: boolean;
}

const NO_EVIDENCE: ClosingEvidence = { ruleSet: { kind: 'iptables', families: [] }, hits: [], unattributed: 0, traceLost: true };

/**
 * Runs one scenario in a world of its own: plan, observe, check the evidence, judge. Every outcome of a client is a value. An error means
 * that loopfw could not do its work; it becomes the error of the scenario.
 */
export async function runScenario(
  scenario: Scenario,
  { usual, backend }: Pick<Run, 'usual' | 'backend'>,
  session: WorldClient,
  { patience, isCaptured = false, areAllNoted = false, explainsUnreached = false }: ScenarioOptions,
): Promise<ScenarioRun> {
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const identities = listIdentities(scenario, backend);
  const getDurationMs = () => Math.round((performance.now() - started) * 1000) / 1000;
  try {
    assertIdsExist(scenario);
    const plan = makePlan(scenario, usual, patience);
    const early = new EarlyResults(scenario, identities);
    const watch = { isCaptured, isCounting: scenario.counters.length > 0, isListing: explainsUnreached };
    const observed = await observe(plan, session, watch, (replies, controls) => early.add(replies, controls));
    const ruleSets = plan.phases.flatMap(({ ruleSet }) => (ruleSet === null ? [] : [ruleSet]));
    const checked = ruleSets.map((ruleSet, place) => checkEvidence(ruleSet, observed.evidence[place] ?? NO_EVIDENCE));
    const run = { usual, backend, startedAt, durationMs: getDurationMs(), identities };
    const judged = makeScenarioResult(scenario, run, observed, early, checked);
    // On demand, as notes are: most runs ask for neither.
    const result = explainsUnreached
      ? (await import('./coverage.js')).addUnreached({ scenario, usual }, judged, toListings(ruleSets, observed.listings))
      : judged;
    const done = { result, capture: observed.capture, offers: early.offers };
    if (!result.probes.some((probe) => isNoted(probe, areAllNoted))) {
      return done;
    }
    // On demand: a run in which every probe passes does not load the tables of matches and targets a second time.
    const { addNotes } = await import('./notes.js');
    return { ...done, result: addNotes({ scenario, usual }, result, observed, early.offers, checked, areAllNoted) };
  } catch (error) {
    return {
      result: makeErrorResult(scenario, { backend, startedAt, durationMs: getDurationMs(), identities }, error),
      capture: null,
      offers: new Map(),
    };
  }
}

/** What to observe in addition to the probes. */
interface Watch {
  isCaptured: boolean;
  isCounting: boolean;
  /** Whether native rules are listed for the search of missing probes. */
  isListing: boolean;
}

/** What nft has listed of the native rule sets among these. */
function toListings(ruleSets: PlannedRuleSet[], texts: (string | null)[]): (NativeListing | null)[] {
  let next = 0;
  return ruleSets.map((ruleSet) => {
    const text = ruleSet.kind === 'nft' ? (texts[next++] ?? null) : null;
    return ruleSet.kind === 'nft' && text !== null ? { text, ownTable: ruleSet.trace.table } : null;
  });
}

/**
 * Opens a world, runs all phases in it and closes it. All requests are sent at once. The world answers them in order; after a failure it
 * fails all later requests except the close. The evidence of a rule set is read just before the next rule set replaces it.
 */
async function observe(
  { world, servers, isDirect, ipsets, phases }: Plan,
  session: WorldClient,
  { isCaptured, isCounting, isListing }: Watch,
  onReplies: (replies: FlowReplies, controls: WorldObservations['controls']) => void,
): Promise<WorldObservations & { listings: (string | null)[] }> {
  const observed: WorldObservations & { listings: (string | null)[] } = {
    world: { sysctl: {}, routes: [], links: [] },
    controls: new Map(),
    replies: [],
    evidence: [],
    listings: [],
    capture: null,
    counters: { before: [], after: [] },
  };
  const asked: Promise<unknown>[] = [];
  const ask = <R extends Request>(request: R, take: (reply: Replies[R['type']]) => void = () => {}) => {
    asked.push(session.request(request).then(take));
  };
  const askProbes = ({ probes, pace }: Flow) => {
    const [{ index: first } = { index: 0 }] = probes;
    const request = { type: 'probe', first, count: probes.length, pace } as const;
    const take = (part: FlowReplies) => {
      part.replies.forEach((reply, place) => (observed.replies[part.first + place] = reply));
      onReplies(part, observed.controls);
    };
    asked.push(session.request(request, take));
  };
  const askIf = <R extends Request>(isAsked: boolean, request: R, take?: (reply: Replies[R['type']]) => void) =>
    isAsked ? ask(request, take) : undefined;
  const askEvidence = (isLast: boolean) => ask({ type: 'evidence', isLast }, (evidence) => observed.evidence.push(evidence));

  ask({ type: 'open', world, servers, isDirect }, (additions) => (observed.world = additions));
  const probes = phases.flatMap(({ flows }) => flows.flatMap((flow) => flow.probes));
  ask({ type: 'control', probes }, (outcomes) => {
    const controlled = probes.filter(({ use }) => use === null);
    observed.controls = new Map(controlled.flatMap(({ index }, place) => toEntries(index, outcomes[place])));
  });
  askIf(isCaptured, { type: 'capture' });
  // Just before the rules: timeouts of elements begin now.
  askIf(ipsets !== '', { type: 'ipsets', text: ipsets });
  for (const [place, { ruleSet, conntrack, flows }] of phases.entries()) {
    if (ruleSet !== null) {
      if (place > 0) {
        askEvidence(false);
      }
      ask({ type: 'apply', ruleSet });
      askIf(isListing && ruleSet.kind === 'nft', { type: 'listing' }, (listing) => observed.listings.push(listing));
    }
    // After the rules: a packet in between would make its entry by the old ones.
    askIf(conntrack === 'flush', { type: 'flush' });
    askIf(isCounting && place === 0, { type: 'counters' }, (before) => (observed.counters.before = before));
    for (const flow of flows) {
      askProbes(flow);
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

/** Throws if the machine ran out of a resource: the shortage may also have changed the outcomes of the other probes. */
function assertMade({ replies }: WorldObservations): void {
  for (const reply of replies) {
    if ('problem' in reply && reply.isMachine) {
      throw new EnvironmentError(reply.problem);
    }
  }
}

function toEntries(index: number, outcome: Outcome | undefined): [number, Outcome][] {
  return outcome === undefined ? [] : [[index, outcome]];
}
