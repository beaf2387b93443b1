const UNEXPLAINED = { cause: 'unexplained', rule: null, icmp: null };
/** Finds what made a client see what it saw: the cause, the rule on which it hung, and the refusing answer that it got. */
export function findCause(outcome, exchanges) {
    const exchange = outcome === 'connected' ? findServed(exchanges) : exchanges.at(-1);
    if (exchange === undefined) {
        return findCauseWithoutPacket(outcome);
    }
    const [first] = exchange.requests;
    if (first === undefined) {
        return UNEXPLAINED;
    }
    const answers = exchange.answers;
    const heard = answers.filter((answer) => answer.end === null);
    if (outcome === 'connected') {
        const accept = exchange.requests.findLast((packet) => packet.accept)?.accept ?? null;
        return heard.length > 0 ? decide('service', accept) : UNEXPLAINED;
    }
    if (outcome === 'timeout') {
        return findCauseOfSilence(first, answers, heard);
    }
    // A retransmission may meet other rules than the first: the one that a rule ended is the one that was refused.
    return findCauseOfRefusal(outcome, exchange.requests.findLast((packet) => packet.end !== null) ?? first, heard);
}
/**
 * The question that made the client connected. A connection stands or falls with its handshake; everything else, and what is said on a
 * connection that was there before, hangs on the last question, but for those that were heard.
 */
function findServed(exchanges) {
    const isHeard = ({ answers }) => answers.some(({ end }) => end === null);
    return exchanges.find(({ requests }) => requests[0]?.headers.tcp?.syn) ?? exchanges.findLast(isHeard) ?? exchanges.at(-1);
}
/** No packet left the client: routing, a missing address, or a connection that is gone made the stack itself say no. */
function findCauseWithoutPacket(outcome) {
    return outcome === 'unreachable' || outcome === 'denied' || outcome === 'reset' ? decide('local', null) : UNEXPLAINED;
}
function findCauseOfSilence(request, answers, heard) {
    if (request.end?.verdict === 'drop') {
        return decide('dropped', request.end.rule);
    }
    const eaten = answers.find((answer) => answer.end !== null);
    if (eaten?.end && heard.length === 0) {
        return decide('answer-eaten', eaten.end.rule);
    }
    if (request.end?.verdict === 'reject') {
        return decide('rejected', request.end.rule, heard.map(getRefusal).find((icmp) => icmp !== null) ?? null);
    }
    return answers.length === 0 ? decide('silent', null) : UNEXPLAINED;
}
function findCauseOfRefusal(outcome, request, heard) {
    const refusal = heard.find(({ headers: { tcp, icmp } }) => tcp?.rst || icmp?.kind === 'error');
    if (request.end?.verdict === 'reject') {
        return decide('rejected', request.end.rule, refusal ? getRefusal(refusal) : null);
    }
    if (request.end !== null) {
        // A drop that the sender is told of happens on its own way out (EPERM); further on it would be silence.
        return outcome === 'denied' ? decide('dropped', request.end.rule) : UNEXPLAINED;
    }
    if (refusal === undefined) {
        return UNEXPLAINED;
    }
    // Of the stack's own refusals, a RST is not called tcp-reset, for that is what a REJECT sends.
    return decide(outcome === 'reset' ? 'service' : 'no-listener', request.accept, refusal.headers.icmp?.name ?? null);
}
function decide(cause, rule, icmp = null) {
    return { cause, rule, icmp };
}
function getRefusal({ headers: { tcp, icmp } }) {
    return icmp?.name ?? (tcp?.rst ? 'tcp-reset' : null);
}
