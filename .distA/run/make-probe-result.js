import { advise } from '../verdict/advise.js';
import { explain } from '../verdict/explain.js';
import { judge } from '../verdict/judge.js';
/** Judges one probe and puts verdict and evidence side by side. */
export function makeProbeResult(probe, phase, { kind, rules }, control, reply, contradictions) {
    if (reply === undefined || 'problem' in reply) {
        return makeProbeError(probe, phase, reply?.problem ?? 'the sandbox gave no answer', control);
    }
    const { report } = reply;
    const { observed, decided, cause, evidence, journey, traceLost } = report;
    const c = {
        ...{ observed, decided, cause, evidence, journey },
        protocol: probe.protocol,
        from: probe.from,
        to: probe.to,
        timeoutMs: probe.timeoutMs,
        expected: probe.expect,
        control: control === undefined ? null : { outcome: control },
        rules: kind,
        rule: nameRule(rules, report.rule),
        doubts: [...(traceLost ? ['the kernel had to throw trace messages away'] : []), ...contradictions],
    };
    const { status, reasons } = judge(c);
    return {
        ...describeProbe(probe, phase),
        ...{ observed, decided, control: c.control, cause, rule: c.rule, evidence, journey, status },
        explanation: [...(reasons.length > 0 ? [`${capitalize(reasons.join('; '))}.`] : []), explain(c)].join(' '),
        advice: status === 'passed' && Object.keys(probe.expect).length > 0 ? null : advise(c),
    };
}
/** A probe that loopfw could not make: no observation, and so no verdict. */
export function makeProbeError(probe, phase, message, control) {
    return {
        ...describeProbe(probe, phase),
        observed: null,
        decided: null,
        control: control === undefined ? null : { outcome: control },
        cause: null,
        rule: null,
        evidence: 'none',
        journey: [],
        status: 'error',
        explanation: message,
        advice: null,
    };
}
function describeProbe({ index, name, matrix, position, from, to, protocol, expect, hint }, phase) {
    return { index, name, phase, matrix, ...position, from, to: showTarget(protocol, to), protocol, expected: expect, hint };
}
function showTarget(protocol, { address, port }) {
    const host = address.includes(':') ? `[${address}]` : address;
    return protocol === 'icmp' ? address : `${host}:${port}`;
}
function nameRule(rules, rule) {
    if (rule === null) {
        return null;
    }
    const { entry, table, chain, text } = rule;
    const name = entry === null ? null : (rules.find(({ index }) => index === entry)?.name ?? null);
    return { index: entry, name, table, chain, text };
}
function capitalize(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}
