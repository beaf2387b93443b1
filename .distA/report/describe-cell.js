import { getMark } from './paint.js';
/** From bad to worse. */
const SEVERITY = ['passed', 'inconclusive', 'failed', 'error'];
/** What was seen in a cell of a truth table, in the words in which it was asked; a server with several ports makes a cell of several probes. */
export function describeCell(probes) {
    const status = SEVERITY[Math.max(0, ...probes.map((probe) => SEVERITY.indexOf(probe.status)))] ?? 'error';
    const worst = probes.filter((probe) => probe.status === status);
    const [probe] = worst;
    if (probe === undefined) {
        return { text: '', status };
    }
    const mark = status === 'passed' ? '' : `${getMark(status)} `;
    const expected = status === 'failed' ? ` (expected ${describeExpected(probe.expected)})` : '';
    return { text: `${mark}${describeObserved(probe)}${describeTimes(worst.length, probes.length)}${expected}`, status };
}
function describeTimes(times, all) {
    return all === 1 ? '' : ` ×${times}${times === all ? '' : ` of ${all}`}`;
}
/** Its cause where the cause was asked for and is what matters, else its outcome. */
function describeObserved({ expected, observed, cause }) {
    if (observed === null) {
        return 'error';
    }
    const isClosed = isClosedAsked(expected) && observed.outcome === 'refused' && cause === 'no-listener';
    const isCauseAsked = expected.cause !== undefined && (expected.outcome === undefined || expected.outcome === observed.outcome);
    return isClosed ? 'closed' : isCauseAsked ? (cause ?? observed.outcome) : observed.outcome;
}
function describeExpected(expected) {
    const { outcome, cause, rule, icmp, reply, afterMs, withinMs } = expected;
    if (isClosedAsked(expected)) {
        return 'closed';
    }
    const parts = [
        ...(outcome === undefined ? [] : [outcome]),
        ...(cause === undefined ? [] : [cause]),
        ...(rule === undefined ? [] : [`rule ${rule}`]),
        ...(icmp === undefined ? [] : [icmp]),
        ...(reply === undefined ? [] : ['a reply']),
        ...(afterMs === undefined ? [] : [`after ${afterMs} ms`]),
        ...(withinMs === undefined ? [] : [`within ${withinMs} ms`]),
    ];
    return parts.join(', ');
}
function isClosedAsked({ outcome, cause }) {
    return outcome === 'refused' && cause === 'no-listener';
}
