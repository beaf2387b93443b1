import { describeWhatHappened } from './describe-what-happened.js';
/** Outcomes that a rule would be the reason of. A reset needs a connection that stood, so the control cannot have had it too. */
const BLOCKED = ['refused', 'unreachable', 'denied', 'timeout'];
/**
 * Decides whether what was observed is what the scenario says. Never a guess: where the evidence that an expectation asks for is missing
 * or in doubt, the verdict is inconclusive.
 */
export function judge(c) {
    if (c.doubts.length > 0) {
        return { status: 'inconclusive', reasons: c.doubts };
    }
    const seen = getClientMismatches(c);
    if (seen.length > 0) {
        return { status: 'failed', reasons: seen };
    }
    const missing = getMissingEvidence(c);
    if (missing.length > 0) {
        return { status: 'inconclusive', reasons: missing };
    }
    const explained = getEvidenceMismatches(c);
    return explained.length > 0 ? { status: 'failed', reasons: explained } : { status: 'passed', reasons: [] };
}
/** What the client itself saw, for which no evidence is needed. */
function getClientMismatches(c) {
    const { expected, observed } = c;
    const reasons = [];
    if (expected.outcome !== undefined && expected.outcome !== observed.outcome) {
        reasons.push(`expected ${expected.outcome}, observed ${observed.outcome}${describeWhatHappened(c)}`);
    }
    if (expected.reply !== undefined && !(observed.reply ?? '').includes(expected.reply)) {
        reasons.push(`expected a reply with ${JSON.stringify(expected.reply)}, observed ${observed.reply === null ? 'none' : JSON.stringify(observed.reply)}`);
    }
    const elapsedMs = observed.elapsedMs ?? c.timeoutMs;
    if (expected.afterMs !== undefined && elapsedMs < expected.afterMs) {
        reasons.push(`expected after ${expected.afterMs} ms at the earliest, observed after ${elapsedMs} ms`);
    }
    if (expected.withinMs !== undefined && elapsedMs > expected.withinMs) {
        reasons.push(`expected within ${expected.withinMs} ms, observed after ${elapsedMs} ms`);
    }
    return reasons;
}
function getMissingEvidence({ expected, observed, control, evidence }) {
    const asksForEvidence = expected.cause !== undefined || expected.rule !== undefined || expected.icmp !== undefined;
    if (asksForEvidence && evidence === 'none') {
        return [`${observed.outcome} was observed, but nothing in the evidence explains it`];
    }
    const isBlockedAnyway = expected.outcome !== undefined && BLOCKED.includes(expected.outcome) && control?.outcome === expected.outcome;
    if (isBlockedAnyway && !asksForEvidence) {
        return [`${observed.outcome} would be observed without the rules as well: expect "closed", "local" or the cause that is meant`];
    }
    return [];
}
/** What only the kernel's evidence can tell. */
function getEvidenceMismatches(c) {
    const { expected, observed, cause, rule } = c;
    const reasons = [];
    if (expected.cause !== undefined && expected.cause !== cause) {
        reasons.push(`expected the cause ${expected.cause}, observed ${observed.outcome}${describeWhatHappened(c)}`);
    }
    if (expected.rule !== undefined && expected.rule !== rule?.index && expected.rule !== rule?.name) {
        reasons.push(`expected rule ${expected.rule} to decide, ${rule === null ? 'no rule did' : `observed ${describeWhatHappened(c).trim()}`}`);
    }
    if (expected.icmp !== undefined && expected.icmp !== observed.icmp) {
        reasons.push(`expected ${expected.icmp}, observed ${observed.icmp ?? 'no such answer'}`);
    }
    return reasons;
}
