import type { Case } from '../model/case.js';
import type { Cause } from '../model/result.js';
import { adviseOnEatenAnswer } from './advise-on-eaten-answer.js';
import { isDiscoveryEnded } from './is-discovery-ended.js';

const DISCOVERY_ADVICE =
  'Accept neighbour discovery, in and out: -p icmpv6 --icmpv6-type neighbour-solicitation, and the same with neighbour-advertisement.';

const FRAGMENT_ADVICE =
  'The packet was in fragments, of which only the first has ports: the others match no rule that asks for them. With a rule that asks for conntrack the kernel puts them together first.';

/** What to do about a cause that was not wanted; null where that is plain from the cause. */
const ADVICE = {
  service: () => null,
  'no-listener': ({ to, observed }) =>
    observed.outcome === 'unreachable'
      ? null
      : `Nothing listens on ${to.address}:${to.port}: give the scenario a server there, or expect "closed".`,
  rejected: adviseOnRejection,
  dropped: adviseOnDrop,
  'answer-eaten': (c) => (isDiscoveryEnded(c.journey) ? DISCOVERY_ADVICE : adviseOnEatenAnswer(c)),
  silent: adviseOnSilence,
  local: ({ to, observed }) =>
    observed.outcome === 'reset'
      ? null
      : `Nothing in the world leads to ${to.address}: it must be one of the world's own addresses, stand outside of an interface, or have a route.`,
  unexplained: adviseOnOtherAddress,
} satisfies Record<Cause, (c: Case) => string | null>;

export function advise(c: Case): string | null {
  return ADVICE[c.cause](c);
}

/** A rejection of which the client never learned, though the answer came through. */
function adviseOnRejection({ protocol, from, rules, observed: { outcome, icmp }, journey }: Case): string | null {
  if (outcome !== 'timeout' || icmp === null) {
    return null;
  }
  if (protocol === 'udp') {
    const unreachable = rules === 'nft' ? 'reject' : `--reject-with ${from.includes(':') ? 'icmp6' : 'icmp'}-port-unreachable`;
    return `A UDP client is not told of ${icmp}: ${unreachable} tells it.`;
  }
  const reset = rules === 'nft' ? 'reject with tcp reset' : '--reject-with tcp-reset';
  const rejected = journey.find(({ steps }) => steps.some(({ verdict }) => verdict === 'reject'));
  return rejected?.kind === 'syn'
    ? `Such a client acts on an ICMP error only when it has sent its SYN again, after a second: give it more time, or ${reset}.`
    : `A connection that stands is not ended by an ICMP error: ${reset} ends it.`;
}

function adviseOnDrop({ expected, observed, journey }: Case): string | null {
  if (isDiscoveryEnded(journey)) {
    return DISCOVERY_ADVICE;
  }
  if (journey[0]?.fragment) {
    return FRAGMENT_ADVICE;
  }
  if (expected.outcome === 'refused' || expected.outcome === 'unreachable') {
    return 'A DROP sends nothing back: a client is told at once by a REJECT only.';
  }
  if (expected.outcome === 'timeout' && observed.outcome === 'denied') {
    return 'In OUTPUT the sender of a datagram is told of a DROP by its own stack: drop it in INPUT to leave it in the dark.';
  }
  return null;
}

function adviseOnSilence({ journey, control }: Case): string {
  if (journey[0]?.rewrittenTo) {
    return 'A rule has rewritten the addresses: see that somebody answers at the new one, and that the answer finds its way back.';
  }
  return control?.outcome === 'timeout'
    ? 'It is not answered without the rules either: look at the server, and at the address where it listens.'
    : 'Without the rules it was answered: look at what they change in the packet, not only at what they end.';
}

/** A datagram's answer that its client does not hear, for it comes from where nothing was asked. */
function adviseOnOtherAddress({ protocol, to: { address, port }, observed, journey }: Case): string | null {
  const asked = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  const answers = journey.filter(({ kind, destination }) => kind === 'udp' && destination !== asked);
  const source = answers.map((answer) => answer.rewrittenTo?.source ?? answer.source).find((end) => end.endsWith(`:${port}`));
  if (protocol !== 'udp' || observed.outcome !== 'timeout' || source === undefined || source === asked) {
    return null;
  }
  return `The answer did not come from ${address}, and a client hears nobody else: a server on 0.0.0.0 answers from an address that the kernel chooses. Let it listen on ${address}.`;
}
