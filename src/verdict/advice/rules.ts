import type { Advice, KnownRules } from '../../model/advice.js';
import { isIPv6Text } from '../../words/addresses.js';
import { nameDecider } from '../../words/rule-name.js';
import { acceptByIptables } from './answers.js';
import { adviseOnDiscovery } from './discovery.js';
import type { Case } from '../case.js';
import { adviseOnLate } from './wording.js';
import { isDiscoveryEnded } from '../what-happened.js';

const FRAGMENT_ADVICE: Advice = {
  text: 'The packet was in fragments, of which only the first has ports: the others match no rule that asks for them. With a rule that asks for conntrack the kernel puts them together first.',
  remedy: null,
};

/** The time in which a client's second SYN is answered too: the first retransmission comes after a second (RFC 6298). */
const TIME_FOR_SECOND_SYN_MS = 2500;

/** Advice for a request that a rule rejected, although it was to end otherwise. */
export function adviseOnRejection(c: Case, known: KnownRules): Advice[] {
  const { protocol, from, rules, rule, observed, journey, timeoutMs } = c;
  if (isDiscoveryEnded(journey)) {
    return adviseOnDiscovery(c, known);
  }
  if (observed.outcome !== 'timeout' || observed.icmp === null) {
    return listLate(c, known);
  }
  const { icmp } = observed;
  if (protocol === 'udp') {
    const type = isIPv6Text(from) ? 'icmp6-port-unreachable' : 'icmp-port-unreachable';
    const unreachable = rules === 'nft' ? 'reject' : `--reject-with ${type}`;
    return [{ text: `A UDP client is not told of ${icmp}: ${unreachable} tells it.`, remedy: rejectWith(type, c) }];
  }
  const reset = rules === 'nft' ? 'reject with tcp reset' : '--reject-with tcp-reset';
  const rejected = journey.find(({ steps }) => steps.some(({ verdict }) => verdict === 'reject'));
  const remedy = rule === null ? null : rejectWith('tcp-reset', c);
  if (rejected?.kind !== 'syn') {
    return [{ text: `An ICMP error does not end an established connection: ${reset} ends it.`, remedy }];
  }
  const late = 'Such a client acts on an ICMP error only when it has sent its SYN again, after a second';
  return [
    { text: `${late}: ${reset} tells it at once.`, remedy },
    ...(timeoutMs < TIME_FOR_SECOND_SYN_MS
      ? [{ text: `${late}: give it more time, "timeoutMs": ${TIME_FOR_SECOND_SYN_MS}.`, remedy: waitLonger() }]
      : []),
  ];
}

function waitLonger(): Advice['remedy'] {
  return { kind: 'wait', timeoutMs: TIME_FOR_SECOND_SYN_MS };
}

/** The change of the rule that decided; null for a native rule and a policy. */
function rejectWith(type: string, { rules, rule }: Case): Advice['remedy'] {
  return rules === 'nft' || rule === null || rule.isPolicy || rule.index === null ? null : { kind: 'reject', index: rule.index, type };
}

/** Advice for a request that a rule dropped, although it was to end otherwise. */
export function adviseOnDrop(c: Case, known: KnownRules): Advice[] {
  const { expected, journey, from } = c;
  if (isDiscoveryEnded(journey)) {
    return adviseOnDiscovery(c, known);
  }
  const end = journey[0]?.steps.find(({ verdict }) => verdict === 'drop');
  // The kernel puts IPv4 fragments together before INPUT, so that there it was no fragment.
  if (journey[0]?.fragment && (isIPv6Text(from) || end?.hook !== 'input')) {
    return [FRAGMENT_ADVICE];
  }
  const late = listLate(c, known);
  return expected.outcome === 'refused' || expected.outcome === 'unreachable' ? [...late, adviseToReject(c)] : late;
}

/** Rules that may decide as expected, and come too late. What the client saw may be right already: then they are no help. */
function listLate(c: Case, known: KnownRules): Advice[] {
  const { expected, observed } = c;
  const { near } = known;
  const isSeen = expected.rule === undefined && expected.outcome === observed.outcome;
  const moves = near.late.map(adviseOnLate);
  return isSeen ? [] : [...moves, ...adviseToMoveAndAccept(c, known, moves)];
}

/** The rule that ended the request may end the answer as well: then to move another one is not enough. */
function adviseToMoveAndAccept(c: Case, known: KnownRules, [move]: Advice[]): Advice[] {
  const { outcome, cause } = c.expected;
  if (move?.remedy == null || c.rules === 'nft' || (outcome !== 'connected' && cause !== 'service')) {
    return [];
  }
  const { text, remedy } = acceptByIptables(c, known);
  return remedy === null ? [] : [{ text: `${move.text} Also ${text}.`, remedy: { kind: 'several', remedies: [move.remedy, remedy] } }];
}

/** The answer of a REJECT that gives a client the outcome that is expected. */
function adviseToReject(c: Case): Advice {
  const { expected, from, rule } = c;
  const [port, host] = isIPv6Text(from)
    ? ['icmp6-port-unreachable', 'icmp6-addr-unreachable']
    : ['icmp-port-unreachable', 'icmp-host-unreachable'];
  const type = expected.outcome === 'refused' ? port : host;
  const remedy = rejectWith(type, c);
  const text = 'A DROP sends nothing back: a client is told at once by a REJECT only';
  return {
    text: remedy === null || rule === null ? `${text}.` : `${text}. Let ${nameDecider(rule)} end with -j REJECT --reject-with ${type}.`,
    remedy,
  };
}
