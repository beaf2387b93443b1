import { type Conversation, getDoubt, getEnder, getRoutingFate, isDirect, type Probe, unknownFate } from './conversation.js';
import type { Fate } from './fate.js';
import { findListener } from '../world/network.js';
import { type Ends, makeIcmp, makeUdp, type Packet, turn } from '../world/packet.js';
import { CLOSED_PORT, endsUdp, getRefusalOutcome, makeUnreachable } from '../world/refusal.js';
import type { Way } from './way.js';

/** What becomes of a client that sends one datagram, or one echo request, and waits for the answer. */
export function predictDatagram(conversation: Conversation): Fate {
  const { probe, world } = conversation;
  const request = conversation.ask((ends) => makeRequest(probe, ends, probe.family === 'ipv4' ? 8 : 128));
  if (request.end.kind !== 'arrived') {
    return getFailure(conversation, request);
  }
  const { via } = request.end;
  const listener = probe.protocol === 'icmp' ? null : findListener('udp', request.packet.destination, via, world.network);
  if (listener !== null && 'unknown' in listener) {
    return unknownFate(listener.unknown);
  }
  const isListening = probe.protocol === 'icmp' || listener !== null;
  const reply = isListening
    ? makeRequest({ ...probe, payload: listener?.banner ?? probe.payload }, turn(request.packet), probe.family === 'ipv4' ? 0 : 129)
    : makeUnreachable(request.packet, CLOSED_PORT[probe.family], request.packet.destination.address, 'nothing');
  if (probe.protocol === 'icmp') {
    // The kernel's echo reply has the type of service of the request (icmp_reply, icmpv6_echo_reply).
    reply.tos = request.packet.tos;
  }
  if (listener?.address === null) {
    reply.source.address = findSource(reply.destination.address, reply.source.address);
  }
  const answer = conversation.answer(reply, via, isListening && probe.protocol === 'udp' ? probe.server : 'kernel');
  const doubt = getDoubt(answer);
  if (doubt !== null) {
    return unknownFate(doubt);
  }
  if (probe.protocol === 'icmp' && probe.source.address === probe.destination.address && answer.end.kind === 'rejected') {
    // The error about an echo reply finds the client, whose number it has.
    return unknownFate('an error about an echo reply');
  }
  const ender = getEnder(answer);
  if (ender !== null) {
    return conversation.known('timeout', 'answer-eaten', ender);
  }
  if (!conversation.isHeard(answer)) {
    return isDirect(answer) ? conversation.known('timeout', 'answer-eaten', null) : unknownFate('an answer from another address');
  }
  return isListening
    ? conversation.known('connected', 'service', request.accept)
    : conversation.known('refused', 'no-listener', request.accept);
}

/** The echo server sends back what it got, and so does the kernel for an echo request. */
function makeRequest(probe: Probe, { source, destination }: Ends, type: number): Packet {
  const common = { family: probe.family, source, destination, payload: probe.payload ?? '' };
  return probe.protocol === 'udp' ? makeUdp(common) : makeIcmp(common, type, 0);
}

/** A socket on every address answers from the address that the kernel prefers for the way: on lo 127.0.0.1, or the client's own. */
function findSource(client: string, own: string): string {
  return client.startsWith('7f') ? '7f000001' : own;
}

/** send(2) itself fails if a rule ends the packet before it leaves, whatever REJECT answers. */
function getFailure(conversation: Conversation, way: Way): Fate {
  const { end } = way;
  const doubt = getDoubt(way);
  const routed = getRoutingFate(conversation, way);
  if (routed !== null) {
    return routed;
  }
  if (doubt !== null || (end.kind !== 'dropped' && end.kind !== 'rejected')) {
    return unknownFate(doubt ?? 'routing');
  }
  const cause = end.kind === 'rejected' ? 'rejected' : 'dropped';
  if (end.isTold) {
    return conversation.known('denied', cause, end.by);
  }
  if (end.kind === 'dropped') {
    return conversation.known('timeout', cause, end.by);
  }
  const eaten = end.answer && getEnder(end.answer);
  if (eaten !== null) {
    return conversation.known('timeout', 'answer-eaten', eaten);
  }
  if (end.answer === null || !conversation.isHeard(end.answer)) {
    return unknownFate('a refusal from another address');
  }
  const isSeen = conversation.probe.protocol === 'icmp' || endsUdp(end.with);
  return conversation.known(isSeen ? getRefusalOutcome(end.with) : 'timeout', cause, end.by);
}
