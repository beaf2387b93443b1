import { getExchanges } from './conversation.js';
/**
 * EACCES has two meanings that the client cannot tell apart: its own stack refused to send, or an ICMPv6 error said that somebody else
 * forbids it (adm-prohibited, policy-fail, reject-route). The trace can.
 */
export function settleOutcome(seen, client, packets) {
    const wasTold = () => getExchanges(client, packets).some(({ answers }) => answers.some(({ headers, end }) => headers.icmp?.kind === 'error' && end === null));
    return seen.errno === 'EACCES' && wasTold() ? 'unreachable' : seen.outcome;
}
