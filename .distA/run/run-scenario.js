import { checkEvidence } from '../plan/check-evidence.js';
import { makePlan } from '../plan/make-plan.js';
import { makeErrorResult, makeScenarioResult } from './make-scenario-result.js';
const NO_EVIDENCE = { found: [], native: null, hits: [], unattributed: 0, traceLost: true };
/**
 * Runs one scenario in a world of its own: plan, observe, check the evidence, judge. What a client sees is a value;
 * an error means that loopfw could not do its work, and becomes the scenario's.
 */
export async function runScenario(scenario, backend, session, { patience, isCaptured = false }) {
    const started = performance.now();
    const getDurationMs = () => Math.round((performance.now() - started) * 1000) / 1000;
    try {
        const plan = makePlan(scenario, backend, patience);
        const observed = await observe(plan, session, { isCaptured, isCounting: scenario.counters.length > 0 });
        const ruleSets = plan.phases.flatMap(({ firewalls }) => (firewalls === null ? [] : [firewalls]));
        const checked = ruleSets.map((firewalls, place) => checkEvidence(firewalls, observed.evidence[place] ?? NO_EVIDENCE));
        const result = makeScenarioResult(scenario, backend, observed, checked, getDurationMs());
        return { result, capture: observed.capture };
    }
    catch (error) {
        return { result: makeErrorResult(scenario, backend, error, getDurationMs()), capture: null };
    }
}
/**
 * Takes a world through its life. All is asked at once: the inside answers in order, and after a failure it fails all that follows but the
 * close. A rule set's evidence is read when the next one is about to take its place.
 */
async function observe({ world, servers, phases }, session, { isCaptured, isCounting }) {
    const observed = { controls: new Map(), replies: [], evidence: [], capture: null, counters: { before: [], after: [] } };
    const asked = [];
    const ask = (request, take = () => { }) => {
        asked.push(session.request(request).then(take));
    };
    const askIf = (isAsked, request, take) => isAsked ? ask(request, take) : undefined;
    const askEvidence = (isLast) => ask({ type: 'evidence', isLast }, (evidence) => observed.evidence.push(evidence));
    ask({ type: 'open', world, servers });
    const controlled = phases.flatMap(({ flows }) => flows.flatMap(({ probes }) => probes)).filter(({ use }) => use === null);
    ask({ type: 'control', probes: controlled }, (outcomes) => {
        observed.controls = new Map(controlled.flatMap(({ index }, place) => toEntries(index, outcomes[place])));
    });
    askIf(isCaptured, { type: 'capture' });
    for (const [place, { firewalls, flows }] of phases.entries()) {
        if (firewalls !== null) {
            if (place > 0) {
                askEvidence(false);
            }
            ask({ type: 'apply', firewalls });
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
    return observed;
}
function toEntries(index, outcome) {
    return outcome === undefined ? [] : [[index, outcome]];
}
