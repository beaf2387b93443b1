import type { PacketEnded, RoutingReason, Unrouted } from '../model/kernel/routing.js';
import { isIPv6Text } from '../words/addresses.js';
import { nameDecider } from '../words/rule-name.js';
import type { Case } from './case.js';

/** A row for each reason. */
export type ReasonTable<Text> = {
  [Kind in RoutingReason['kind']]: (reason: Extract<RoutingReason, { kind: Kind }>, packet: Unrouted) => Text;
};

/** Why routing ended a packet, as the end of a sentence. */
const REASONS: ReasonTable<string> = {
  forwarding: ({ setting }, { address }) => `${address} is no address of this host, and ${setting} is 0, so it forwards nothing`,
  martian: (_, { source }) =>
    isIPv6Text(source)
      ? `it forwards no packet with the source ${source} (a martian: a loopback, multicast or link-local address)`
      : `it takes no packet from outside with the source ${source} (a martian: an own, loopback, multicast or broadcast address)`,
  localnet: ({ setting }) => `packets with an address of 127.0.0.0/8 pass no interface but lo while ${setting} is 0`,
  'no-route': (_, { address }) => `there is no route to ${address}${address === '::1' ? ' from another interface than lo' : ''}`,
  prohibit: (_, { address }) => `the route to ${address} is a prohibit route`,
  unreachable: (_, { address }) => `the route to ${address} is an unreachable route`,
  blackhole: (_, { address }) => `the route to ${address} is a blackhole route`,
  policy: ({ entries }) => `the ${entries.join(' or the ')} refuses it`,
  'rp-filter': ({ device }, { source }) => `by rp_filter, for the route to its source ${source} does not lead back by ${device}`,
  'no-neighbour': ({ address: hop }, { device, address }) =>
    `nobody behind ${device ?? 'the interface'} has answered for ${hop}${hop === address ? '' : `, the next hop of the route to ${address}`} (ARP or neighbour discovery)`,
  hairpin: (_, { device }) => `the bridge ${device ?? ''} sends no packet back by the port by which it came (hairpin mode is off)`,
  unknown: () => 'the reason is not known',
};

/** The text of a table for the reason that ended a packet. */
export function lookUp<Text>(table: ReasonTable<Text>, packet: Unrouted): Text {
  const tell = table[packet.reason.kind] as (reason: RoutingReason, packet: Unrouted) => Text;
  return tell(packet.reason, packet);
}

/** The story of a packet that routing ended. */
export function explainRouting({ fate, observed, journey, protocol }: Pick<Case, 'fate' | 'observed' | 'journey' | 'protocol'>): string {
  if (fate?.kind !== 'ended') {
    return `Routing ended the packet${explainUnknown(journey)}.`;
  }
  const { of, stage, device, source, destination, isRewritten } = fate;
  const packet = of === 'request' ? 'The request' : 'The answer';
  const error = observed.outcome === 'timeout' ? journey.find(({ kind }) => kind === 'icmp-error') : undefined;
  const answer = error === undefined ? '' : explainUnheard(error.packet, of, protocol);
  const story = fate.reason.kind === 'unknown' ? explainUnknown(journey) : `: ${lookUp(REASONS, fate)}`;
  const reason = `${story}.${answer}`;
  const made = isRewritten ? ` as ${source} → ${destination}` : '';
  switch (stage) {
    case 'output': {
      const change = fate.rewrittenBy === null ? 'was marked in OUTPUT' : `was rewritten by rule ${fate.rewrittenBy} to ${destination}`;
      return `${packet} never left: it ${change}, and routing ended it${reason}`;
    }
    case 'arrived':
      return `${packet} came in by ${device ?? 'an interface'}${isRewritten ? ` and was rewritten to ${source} → ${destination}` : ''}, and routing ended it${reason}`;
    case 'left':
      return `${packet} was to leave by ${device ?? 'an interface'}${made}, and went no further${reason}`;
  }
}

const TOO_LONG =
  ': it is longer than the MTU of its next link, and must not be fragmented; its sender is told that MTU, and sends less from then on';

/** What an ICMP error says of a packet whose end the kernel's routes do not explain. */
function explainUnknown(journey: Case['journey']): string {
  return isExpired(journey) ? EXPIRED : isTooLong(journey) ? TOO_LONG : '; the reason is not known';
}

const EXPIRED =
  ': its time to live (IPv6: hop limit) had ended, as the ICMP error time-exceeded says. It went in a circle, or it began with too few hops';

/** Whether a router said time exceeded (RFC 792, RFC 4443). */
function isExpired(journey: Case['journey']): boolean {
  return journey.some(({ protocol, icmp }) => icmp !== null && icmp.type === (protocol === 'icmpv6' ? 3 : 11));
}

/** Whether a router said fragmentation needed (RFC 1191) or packet too big (RFC 8201). */
function isTooLong(journey: Case['journey']): boolean {
  return journey.some(({ icmp }) => icmp !== null && (icmp.type === 3 ? icmp.code === 4 : icmp.type === 2));
}

/** An ICMP error of the kernel that did not end the client's wait. */
function explainUnheard(error: string, of: PacketEnded['of'], protocol: Case['protocol']): string {
  if (of === 'answer') {
    return ` The kernel told the sender of the answer (${error}), not the client.`;
  }
  return protocol === 'udp' || protocol === 'icmp'
    ? ` The kernel answered (${error}), but a client of this kind does not act on it.`
    : ` The kernel answered (${error}), but the client has not acted on it in its time: over IPv6, or inside a blocking connect(), TCP only notes the error that answers its first SYN.`;
}

/** Why nothing came back: the request left the world, or no answer has a way. null if that is not known. */
export function explainSilence(fate: Case['fate']): string | null {
  if (fate?.kind === 'unanswerable') {
    return `No rule ended the request: it was delivered, but no answer can go from ${fate.source} to ${fate.address}: ${lookUp(REASONS, fate)}.`;
  }
  return fate?.kind === 'left' ? `No rule ended the request: it left by ${fate.device} as ${fate.ends}, and nothing came back.` : null;
}

/** A send that failed because a rule had rewritten the packet. */
export function explainFailedSend(rule: NonNullable<Case['rule']>, errno: string | null, fate: Case['fate']): string {
  const reason = fate?.kind === 'ended' ? `: it rewrote the packet to ${fate.destination}, and ${lookUp(REASONS, fate)}` : '';
  return `The client's own stack refused to send (${errno ?? 'no errno'}) because of ${nameDecider(rule)}${reason}.`;
}

/** The reasons for which the kernel of IPv4 answers with an ICMP error, as long as the client has tokens (ip_error in net/ipv4/route.c). */
const ANSWERED: RoutingReason['kind'][] = ['no-route', 'prohibit', 'unreachable'];

/** Whether the client saw nothing because the kernel had no token left for an answer. */
export function isRationed({ observed, fate, from, journey }: Pick<Case, 'observed' | 'fate' | 'from' | 'journey'>): boolean {
  return (
    observed.outcome === 'timeout' &&
    !isIPv6Text(from) &&
    fate?.kind === 'ended' &&
    fate.stage === 'arrived' &&
    ANSWERED.includes(fate.reason.kind) &&
    !journey.some(({ kind }) => kind === 'icmp-error')
  );
}
