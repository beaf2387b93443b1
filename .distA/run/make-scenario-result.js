import { judgeCounters } from '../verdict/judge-counters.js';
import { makeProbeError, makeProbeResult } from './make-probe-result.js';
/** From good to bad; a scenario has the worst status of its probes and counters. */
const SEVERITY = ['passed', 'inconclusive', 'failed', 'error'];
const UNCHECKED = { rules: null, counters: new Map(), contradictions: [] };
/** @param checked the evidence of each rule set, in order */
export function makeScenarioResult(scenario, backend, { controls, replies, counters: counted }, checked, durationMs) {
    const judged = [];
    const probes = [];
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
    return {
        ...describeScenario(scenario, backend),
        status: getWorst([...probes, ...counters]),
        durationMs,
        error: null,
        rules: judged.flatMap(describeRules),
        probes,
        counters,
    };
}
/** A scenario that loopfw could not bring to its end: no probe of it has a verdict. */
export function makeErrorResult(scenario, backend, error, durationMs) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && 'code' in error && (error.code === 'environment' || error.code === 'usage') ? error.code : 'internal';
    return {
        ...describeScenario(scenario, backend),
        status: 'error',
        durationMs,
        error: { code, message },
        rules: scenario.phases.flatMap(({ name: phase, ruleSet }) => ruleSet === null ? [] : describeRules({ phase, kind: ruleSet.kind, rules: getRules(ruleSet), checked: UNCHECKED })),
        probes: scenario.phases.flatMap(({ name, batches }) => batches.flat().map((probe) => makeProbeError(probe, name, message))),
        counters: [],
    };
}
function describeScenario({ name, file }, backend) {
    return { name, file, backend };
}
/** Those of a native rule set are known when the kernel has them. */
function getRules(ruleSet) {
    return ruleSet.kind === 'iptables' ? ruleSet.rules : [];
}
function describeRules({ phase, rules, checked }) {
    return rules.flatMap(({ index, name, text, line }) => {
        if (index === null) {
            return [];
        }
        const counter = checked.counters.get(index);
        return [{ index, name, text, phase, line, packets: counter?.packets ?? null, bytes: counter?.bytes ?? null }];
    });
}
function getWorst(judged) {
    return SEVERITY[Math.max(0, ...judged.map(({ status }) => SEVERITY.indexOf(status)))] ?? 'error';
}
