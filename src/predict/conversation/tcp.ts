import type { Family } from '../../model/rule.js';
import { type Conversation, getDoubt, getEnder, getRoutingFate, isDirect, unknownFate } from './conversation.js';
import type { Fate, KnownFate } from './fate.js';
import {
  acceptOptions,
  type Ends,
  hasFlag,
  hasTimestamps,
  LO_MTU,
  makeTcp,
  OFFERED,
  type Packet,
  type Sender,
  type TcpFlag,
  turn,
} from '../world/packet.js';
import { findListener } from '../world/network.js';
import { getRefusalOutcome } from '../world/refusal.js';
import type { Way } from './way.js';

/** The socket that sends the RST of a closed port. Over IPv6 it has none (measured on 6.18). */
const RESETTER: Record<Family, Sender> = { ipv4: 'kernel', ipv6: 'none' };

/** The bits of the DSCP in the type of service. */
const DSCP = 0xfc;

/** One SYN and what came of it. established: the SYN-ACK came to the client. */
type Attempt = Fate | { kind: 'established'; syn: Way; answer: Way; server: { ends: Ends; via: string | null; banner: string | null } };

/** What becomes of a TCP client: its handshake, and the exchange of its data if it has some. */
export function predictTcp(conversation: Conversation): Fate {
  const { probe, world } = conversation;
  const first = attempt(conversation);
  const isSoft = isSoftError(conversation, first);
  let last = first;
  // The kernel sends a SYN again. Connection tracking and the rules may know it by now.
  for (let second = 1; second < probe.attempts && (isSilent(last) || (second === 1 && isSoft)); second++) {
    world.memory.seconds = second;
    if (conversation.ways.some(({ packet }) => hasFlag(packet, 'SYN') && hasFlag(packet, 'ACK'))) {
      // The server sends its SYN-ACK again, too, at about the same time: what rules have counted is not known.
      world.memory.kept = null;
    }
    last = attempt(conversation);
  }
  if (isSoft && isSilent(last)) {
    return unknownFate('what becomes of a soft error');
  }
  const isSame = isSoft && last.kind === 'known' && last.cause === 'rejected';
  const decisive = isSilent(last) || isSame ? first : last;
  return decisive.kind === 'established' ? talk(conversation, decisive) : decisive;
}

/**
 * Whether the client does not learn yet that its first SYN was rejected. An ICMPv6 error over lo comes while connect() still holds the socket,
 * so that the kernel keeps it as a soft error: only an error about the next SYN ends the attempt (tcp_v6_err; measured on 6.18).
 */
function isSoftError({ probe, ways }: Conversation, result: Attempt): boolean {
  const end = ways[0]?.end;
  const isByIcmp = result.kind === 'known' && result.cause === 'rejected' && end?.kind === 'rejected' && end.with !== 'tcp-reset';
  return isByIcmp && probe.family === 'ipv6' && probe.via === null;
}

function isSilent(result: Attempt): boolean {
  return result.kind === 'known' && result.outcome === 'timeout';
}

function attempt(conversation: Conversation): Attempt {
  const { probe, world } = conversation;
  const syn = conversation.ask((ends) => makeSegment(conversation, ends, ['SYN'], '', OFFERED));
  const failure = getFailure(conversation, syn, getRefusalOutcome);
  if (failure !== null) {
    return failure;
  }
  const via = getArrival(syn);
  const listener = findListener('tcp', syn.packet.destination, via, world.network);
  if (listener !== null && 'unknown' in listener) {
    return unknownFate(listener.unknown);
  }
  const isListening = listener !== null;
  const ends = turn(syn.packet);
  const flags: TcpFlag[] = isListening ? ['SYN', 'ACK'] : ['RST', 'ACK'];
  const accepted = acceptOptions(syn.packet.content.kind === 'tcp' ? syn.packet.content.options : []);
  const segment = makeSegment(conversation, ends, flags, '', accepted);
  // The reset of a closed port has the DSCP of the SYN (tcp_v4_send_reset, tcp_v6_send_reset).
  segment.tos = isListening ? 0 : syn.packet.tos & DSCP;
  const answer = conversation.answer(segment, via, isListening ? probe.server : RESETTER[probe.family]);
  const loss = getAnswerLoss(conversation, answer);
  if (loss !== null) {
    return loss;
  }
  if (!conversation.isHeard(answer)) {
    return isDirect(answer) ? conversation.known('timeout', 'answer-eaten', null) : unknownFate('an answer from another address');
  }
  return listener !== null
    ? { kind: 'established', syn, answer, server: { ends, via, banner: listener.banner } }
    : conversation.known('refused', 'no-listener', syn.accept);
}

/** The ACK of the handshake, and the client's data. */
function talk(conversation: Conversation, { syn, answer, server: { ends, via, banner } }: Extract<Attempt, { kind: 'established' }>): Fate {
  const { probe } = conversation;
  // A side uses timestamps if the other's SYN arrived with them.
  const [ofClient, ofServer] = [answer, syn].map(({ packet }) => (hasTimestamps(packet) ? OFFERED : []));
  const sayAsServer = (text: string) =>
    persist(() => conversation.answer(makeSegment(conversation, ends, ['PSH', 'ACK'], text, ofServer), via, probe.server));
  const ack = conversation.ask((own) => makeSegment(conversation, own, ['ACK'], '', ofClient));
  const afterAck = getReset(conversation, ack, true);
  if (afterAck !== null) {
    return afterAck;
  }
  if (probe.isReading && banner !== null) {
    // The server sends first when it knows that the client has connected.
    const lost = getFailure(conversation, ack, () => 'timeout') ?? getAnswerLoss(conversation, sayAsServer(banner));
    if (lost !== null) {
      return lost;
    }
  }
  if (probe.payload === null) {
    return conversation.known('connected', 'service', syn.accept);
  }
  const text = probe.payload;
  const data = persist(() => conversation.ask((own) => makeSegment(conversation, own, ['PSH', 'ACK'], text, ofClient)));
  const failure =
    getReset(conversation, data, false) ?? getFailure(conversation, isLost(data) && isLost(ack) ? ack : data, () => 'timeout');
  if (failure !== null) {
    return failure;
  }
  const acknowledgement = conversation.answer(makeSegment(conversation, ends, ['ACK'], '', ofServer), via, probe.server);
  if (acknowledgement.end.kind === 'rejected' && acknowledgement.end.with === 'tcp-reset') {
    return unknownFate('a reset that goes to the server');
  }
  return getAnswerLoss(conversation, sayAsServer(text)) ?? conversation.known('connected', 'service', syn.accept);
}

/** How often a segment with data is sent within a second (after 0.2 and 0.6 s again), and how often it may be before the client gives up. */
const CERTAIN_SENDS = 3;
const MOST_SENDS = 5;

/** Sends a segment until it arrives. The rules may let it pass when it comes again. Otherwise the first one says why it does not arrive. */
function persist(send: () => Way): Way {
  const first = send();
  let way = first;
  for (let sent = 1; isLost(way); sent++) {
    if (sent === MOST_SENDS) {
      return first;
    }
    way = send();
    if (sent >= CERTAIN_SENDS && !isLost(way)) {
      return { ...way, end: { kind: 'unknown', why: 'how often a segment is sent again' } };
    }
  }
  return way;
}

function isLost({ end }: Way): boolean {
  return end.kind === 'dropped' || (end.kind === 'rejected' && end.with !== 'tcp-reset');
}

/** What a client sees of an answer that did not arrive; null if it arrived. */
function getAnswerLoss(conversation: Conversation, answer: Way): Fate | null {
  const doubt = getDoubt(answer);
  const ender = getEnder(answer);
  return doubt !== null ? unknownFate(doubt) : ender !== null ? conversation.known('timeout', 'answer-eaten', ender) : null;
}

/**
 * What a client sees of a request that did not arrive; null if it arrived.
 * @param getOutcome what it sees of a refusal that reaches it
 */
function getFailure(conversation: Conversation, way: Way, getOutcome: (answer: string) => KnownFate['outcome']): Fate | null {
  const { end } = way;
  switch (end.kind) {
    case 'arrived':
      return null;
    case 'unknown':
      return unknownFate(end.why);
    case 'unrouted':
    case 'lost':
    case 'ignored':
    case 'unanswered':
    case 'undiscovered':
      return getRoutingFate(conversation, way);
    case 'dropped':
      return conversation.known('timeout', 'dropped', end.by);
    case 'rejected': {
      const doubt = end.answer && getDoubt(end.answer);
      if (doubt !== null) {
        return unknownFate(doubt);
      }
      const eaten = end.answer && getEnder(end.answer);
      if (eaten !== null) {
        return conversation.known('timeout', 'answer-eaten', eaten);
      }
      if (end.answer === null || !conversation.isHeard(end.answer)) {
        return unknownFate('a refusal from another address');
      }
      return conversation.known(getOutcome(end.with), 'rejected', end.by);
    }
  }
}

/**
 * What a client sees at once of a segment that a rule rejects on an established connection: a RST ends it. An ICMP error does not, but SO_ERROR
 * tells of it when the client asks whether it has connected.
 */
function getReset(conversation: Conversation, { end }: Way, isConnecting: boolean): Fate | null {
  if (end.kind === 'unknown') {
    return unknownFate(end.why);
  }
  if (end.kind !== 'rejected' || end.answer === null || getEnder(end.answer) !== null) {
    return null;
  }
  const doubt = getDoubt(end.answer);
  if (doubt !== null) {
    return unknownFate(doubt);
  }
  if (end.with === 'tcp-reset') {
    return conversation.known('reset', 'rejected', end.by);
  }
  return isConnecting ? conversation.known(getRefusalOutcome(end.with), 'rejected', end.by) : null;
}

function makeSegment({ probe, world }: Conversation, ends: Ends, flags: TcpFlag[], payload: string, options: number[] = []): Packet {
  const mtu = probe.via === null ? LO_MTU : (world.network.interfaces.find(({ name }) => name === probe.via)?.mtu ?? LO_MTU);
  return makeTcp({ family: probe.family, source: ends.source, destination: ends.destination, payload }, flags, mtu, options);
}

function getArrival({ end }: Way): string | null {
  return end.kind === 'arrived' ? end.via : null;
}
