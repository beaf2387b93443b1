/** Sorts the packets of one client into questions and answers, in the order of the questions. */
export function getExchanges(client, packets) {
    const exchanges = new Map();
    for (const packet of packets) {
        if (isFromClient(client, packet.headers)) {
            const question = getQuestion(packet);
            if (question !== null) {
                const exchange = exchanges.get(question) ?? { requests: [], answers: [] };
                exchange.requests.push(packet);
                exchanges.set(question, exchange);
            }
        }
        else {
            [...exchanges.values()].findLast(({ requests }) => requests.some((request) => isAnswer(packet, request)))?.answers.push(packet);
        }
    }
    return [...exchanges.values()];
}
/** An echo reply has the identifier of its request, and may have its addresses too. */
function isFromClient({ address, port }, { source, sourcePort, icmp }) {
    return source === address && sourcePort === port && (icmp === null || icmp.kind === 'echo-request');
}
/** What is asked: the same for a retransmission. A bare ACK asks nothing, unless a rule ends it: then the connection hangs on it. */
function getQuestion({ number, end, headers: { tcp, payloadLength } }) {
    if (tcp === null) {
        return `packet ${number}`;
    }
    const isEndedAck = end !== null && !tcp.rst && !tcp.fin;
    return tcp.syn || payloadLength > 0 || isEndedAck ? `sequence ${tcp.sequence}` : null;
}
/**
 * An ICMP error answers the packet that it embeds. A RST answers whatever came last, for the one that a REJECT sends acknowledges
 * nothing. Else a TCP answer says something (SYN, data) and acknowledges the request; a banner that is under way already does not.
 */
function isAnswer(packet, { headers: request, fingerprints, errors }) {
    const answer = packet.headers;
    if (answer.icmp !== null) {
        return answer.icmp.kind === 'error'
            ? errors.includes(packet) || fingerprints.includes(answer.icmp.embedded ?? '')
            : request.icmp !== null;
    }
    if (answer.tcp === null || request.tcp === null) {
        return answer.protocol === request.protocol;
    }
    return answer.tcp.rst || ((answer.tcp.syn || answer.payloadLength > 0) && acknowledges(answer.tcp.acknowledged, request));
}
/** Sequence numbers wrap round (RFC 9293, 3.4): the sign of the 32-bit difference tells which is ahead. */
function acknowledges(acknowledged, { tcp, payloadLength }) {
    const end = (tcp?.sequence ?? 0) + payloadLength + (tcp?.syn ? 1 : 0);
    return ((acknowledged - end) | 0) >= 0;
}
/**
 * Whether the evidence shows that the client cannot hear anything any more: its last question was dropped, or every answer to it
 * was ended on its way. What is retransmitted meets the same rules, unless those depend on time, rate, history or chance.
 */
export function isSilenced(exchanges, provable) {
    const last = exchanges.at(-1);
    if (last === undefined || provable === 'nothing') {
        return false;
    }
    if (last.requests.every((request) => request.end?.verdict === 'drop')) {
        return last.answers.length === 0 || provable === 'all';
    }
    return provable === 'all' && last.answers.length > 0 && last.answers.every((answer) => answer.end !== null);
}
