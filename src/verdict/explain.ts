import type { Cause, PacketKind } from '../model/result.js';
import { isIPv6Text } from '../words/addresses.js';
import { isFault, nameDecider } from '../words/rule-name.js';
import type { Case } from './case.js';
import { explainOlderFlow } from './older-flow.js';
import { explainFailedSend, explainRouting, explainSilence } from './routing.js';
import { isAnsweredDirectly, isDiscoveryEnded, isSeenToArrive } from './what-happened.js';

/** The first retransmission of a SYN comes after a second (RFC 6298). The limit is lower because a timer may be early. */
const RETRANSMISSION_MS = 900;

/** Packets that TCP sends after the handshake. */
const ESTABLISHED: PacketKind[] = ['ack', 'data', 'fin', 'rst'];

/** One or two sentences for each cause: what happened to the request and to its answer. */
const STORIES = {
  service: explainService,
  'no-listener': explainNoListener,
  rejected: explainRejected,
  dropped: (c) => `The request was dropped by ${describe(c)}, so nothing ever answered.${explainRetransmission(c)}${explainDiscovery(c)}`,
  'answer-eaten': explainAnswerEaten,
  silent: ({ journey, fate }) => explainSilence(fate) ?? `No rule ended the request, and nothing answered it.${explainLost(journey)}`,
  'not-routed': (c) => explainRouting(c),
  local: explainLocal,
  unexplained: () => 'The evidence does not show why.',
} satisfies Record<Cause, (c: Case) => string>;

/** Explains the evidence in words. */
export function explain(c: Case): string {
  const proved = c.decided === 'proved' ? ` Decided by this evidence: the client would have waited ${c.timeoutMs} ms for nothing.` : '';
  return `${STORIES[c.cause](c)}${explainOlderFlow(c)}${proved}`;
}

function explainLocal({ observed: { outcome, errno }, rule, fate }: Case): string {
  if (rule !== null) {
    return explainFailedSend(rule, errno, fate);
  }
  if (errno === 'ENOTCONN') {
    return 'No packet left the client: it has no connection, for the probe that was to open it has not connected (ENOTCONN).';
  }
  if (errno === 'EACCES') {
    return 'No packet left the client: its own stack said EACCES (a broadcast address, or a route or rule that prohibits it).';
  }
  return outcome === 'reset'
    ? `No packet left the client: its connection had been reset before (${errno ?? 'no errno'}).`
    : `No packet left the client: its own stack said ${errno ?? 'no'} (routing, or an address that is not there).`;
}

/** A reset may come from a stack that does not know the connection: after a NAT rule is gone, packets go to another stack. */
function explainService({ rule, observed, journey }: Case): string {
  const way = rule === null ? '' : ` (let in by ${nameDecider(rule)})`;
  return observed.outcome === 'reset'
    ? `No rule ended what was sent${way}; who received it reset the connection: the server did, or a stack that does not know it (any more).`
    : `The request reached the server${way}, and its answer reached the client.${explainEndedAck(observed, journey)}`;
}

/** A TCP client is connected when the SYN-ACK comes. Where a rule ends its ACK, it usually ends its data too. */
function explainEndedAck({ outcome }: Case['observed'], journey: Case['journey']): string {
  const ack = journey.find(({ kind, direction, fate }) => kind === 'ack' && direction === 'request' && fate === 'ended');
  return outcome !== 'connected' || ack === undefined
    ? ''
    : ' But the next packet of the client, its ACK, was ended on its way: a probe with "send" shows whether data gets through.';
}

/** A RST and a port-unreachable come from the requested host. Other errors come from a stack that has no route to it. */
function explainNoListener({ rule, observed: { icmp } }: Case): string {
  const way = rule === null ? '' : ` (let in by ${nameDecider(rule)})`;
  return icmp === null || icmp === 'port-unreachable'
    ? `The request reached the stack${way}; nothing listens there, so the stack itself answered.`
    : `No rule ended the request${way}; no way led to where it should go, so a stack on its way answered (${icmp}).`;
}

/** A packet that no chain saw arrive. */
function explainLost(journey: Case['journey']): string {
  return isSeenToArrive(journey)
    ? ''
    : ' It left, and no chain behind its way out saw it: there is none here, or connection tracking dropped it, as where NAT has no port left.';
}

/** IPv6 finds its neighbours by ICMPv6. Rules apply to these requests and answers too. */
function explainDiscovery({ journey }: Case): string {
  if (!isDiscoveryEnded(journey)) {
    return '';
  }
  const isRejected = journey.some(({ kind, steps }) => kind === 'neighbour' && steps.some(({ verdict }) => verdict === 'reject'));
  const unheard = isRejected ? ' The error of a REJECT tells the client nothing here, for the client has sent nothing yet.' : '';
  return ` It asked for a neighbour (RFC 4861): until that is answered, IPv6 sends nothing to it.${unheard}`;
}

function explainRejected(c: Case): string {
  const { observed, rule, journey } = c;
  const isPacketEnded = journey.some(({ steps }) => steps.some(({ fault }) => fault === rule?.name));
  if (rule !== null && isFault(rule) && !isPacketEnded) {
    return `The connection was ended by ${describe(c)}: its socket is gone, and the client learned so by a RST (${observed.errno ?? 'no errno'}).`;
  }
  const request = `The request was rejected by ${describe(c)}`;
  if (observed.outcome === 'timeout' && observed.icmp !== null && isEstablished(c)) {
    return `${request}, and the answer (${observed.icmp}) came through; but an established TCP connection only notes an ICMP error as a soft error, so the client waited in vain.${explainRetransmission(c)}`;
  }
  if (observed.outcome === 'timeout') {
    return `${request}; ${observed.icmp === null ? 'no answer was seen, so it' : `the answer (${observed.icmp}) came through, but ${explainUnheard(c)}`} waited in vain.`;
  }
  if (observed.outcome === 'denied') {
    return `${request} on its way out: the send itself failed with ${observed.errno ?? 'an error'}.`;
  }
  return `${request}, and the answer${observed.icmp === null ? '' : ` (${observed.icmp})`} told the client.${explainDelay(c)}`;
}

/** Why a client that was told has not acted on it in its time. */
function explainUnheard({ protocol, from, timeoutMs }: Case): string {
  if (protocol === 'udp' || protocol === 'icmp') {
    return 'a client of this kind does not act on it, so it';
  }
  const who = isIPv6Text(from) ? 'over IPv6 a TCP client' : 'a TCP client whose connect() blocks';
  return `${who} acts only on the error that answers its next SYN, a second later: with a limit of ${timeoutMs} ms it`;
}

/** TCP retransmits data that was blocked on an established connection. */
function explainRetransmission(c: Case): string {
  return isEstablished(c)
    ? ' TCP goes on retransmitting it as long as the connection is open: it arrives by itself once no rule ends it any more.'
    : '';
}

/** Whether a rule ended a packet of an established connection. */
function isEstablished({ journey }: Case): boolean {
  const ended = journey.find(({ steps }) => steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject'));
  return ended !== undefined && ESTABLISHED.includes(ended.kind);
}

/** Explains why a client that was told at once acts on it a second later. */
function explainDelay({ protocol, from, observed: { icmp, elapsedMs } }: Case): string {
  if (protocol !== 'tcp' || icmp === null || icmp === 'tcp-reset' || elapsedMs === null || elapsedMs < RETRANSMISSION_MS) {
    return '';
  }
  const who = isIPv6Text(from) ? 'Over IPv6 a TCP client' : 'A TCP client whose connect() blocks';
  return ` ${who} only notes the error; the one that answers its next SYN, a second later, ends the call. A tcp-reset would tell it at once.`;
}

function explainAnswerEaten(c: Case): string {
  if (isAnsweredDirectly(c)) {
    return explainDirectAnswer(c);
  }
  const { journey } = c;
  const answer = journey.find(({ steps }, place) => place > 0 && steps.some(({ verdict }) => verdict === 'drop' || verdict === 'reject'));
  const wasRejected = journey[0]?.steps.some(({ verdict }) => verdict === 'reject');
  if (answer?.kind === 'icmp-error' && !wasRejected) {
    return `No rule ended the request. The stack that could not deliver it, or send it on, answered (${answer.packet}), and this answer was ended by ${describe(c)}: the client never learned of it.`;
  }
  return `The request was ${wasRejected ? 'rejected' : 'accepted'}, but its answer${answer === undefined ? '' : ` (${answer.packet})`} was ended by ${describe(c)}: the client never learned of it.${explainDiscovery(c)}`;
}

/** A machine answers another one behind the same interface without the world, so the world's NAT does not see the answer. */
function explainDirectAnswer({ journey, from, to, protocol }: Case): string {
  const source = journey.find(({ rewrittenTo }) => rewrittenTo !== null)?.rewrittenTo?.destination ?? '';
  const reaction = protocol === 'icmp' || protocol === 'udp' ? 'ignored it' : 'reset it';
  return `A rule sent the request to ${source}, which is behind the same interface as the client ${from}, and left its source as it was. So the answer went to the client directly and not through the world: it came from ${source}, where the client had asked ${to.address}, and the client ${reaction}.`;
}

function describe({ rule }: Case): string {
  return rule === null ? 'a rule' : nameDecider(rule);
}
