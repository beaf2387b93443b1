import type { Cause, Step } from '../model/result.js';
import { isIPv6Text, printEndpoint } from '../words/addresses.js';
import type { Case } from './case.js';
import { adviseOnOlderFlow } from './older-flow.js';
import { adviseOnRouting } from './routing.js';
import { isAnsweredDirectly, isDiscoveryEnded } from './what-happened.js';

const DISCOVERY_ADVICE =
  'Accept neighbour discovery, in and out: -p icmpv6 --icmpv6-type neighbour-solicitation, and the same with neighbour-advertisement.';

const FRAGMENT_ADVICE =
  'The packet was in fragments, of which only the first has ports: the others match no rule that asks for them. With a rule that asks for conntrack the kernel puts them together first.';

/** How to accept the answers, in the table and at the hook where they were ended. */
const ACCEPTANCE = { iptables: getAcceptance, nft: getNftAcceptance } satisfies Record<Case['rules'], unknown>;

/** What to do about an unwanted cause; null if the cause itself shows it. */
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
  'not-routed': adviseOnRouting,
  local: ({ to, observed, fate }) =>
    fate !== null
      ? adviseOnRouting({ fate })
      : observed.outcome === 'reset' || observed.errno === 'ENOTCONN'
        ? null
        : observed.errno === 'EACCES'
          ? `Ask an address of one host, if ${to.address} is a broadcast address: only a socket with SO_BROADCAST may send there.`
          : `Nothing in the world leads to ${to.address}: it must be one of the world's own addresses, stand outside of an interface, or have a route.`,
  unexplained: adviseOnOtherAddress,
} satisfies Record<Cause, (c: Case) => string | null>;

/** Advises how to get the expected result; null if there is nothing to advise. */
export function advise(c: Case): string | null {
  return adviseOnOlderFlow(c) ?? ADVICE[c.cause](c);
}

/** Advice for a rejection whose answer came back but did not tell the client. */
function adviseOnRejection({ protocol, from, rules, observed: { outcome, icmp }, journey }: Case): string | null {
  if (outcome !== 'timeout' || icmp === null) {
    return null;
  }
  if (protocol === 'udp') {
    const unreachable = rules === 'nft' ? 'reject' : `--reject-with ${isIPv6Text(from) ? 'icmp6' : 'icmp'}-port-unreachable`;
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

function adviseOnSilence({ journey, control, fate }: Case): string | null {
  if (fate?.kind === 'unanswerable') {
    return adviseOnRouting({ fate });
  }
  if (journey[0]?.rewrittenTo) {
    return 'A rule has rewritten the addresses: see that somebody answers at the new one, and that the answer finds its way back.';
  }
  return control?.outcome === 'timeout'
    ? 'It is not answered without the rules either: look at the server, and at the address where it listens.'
    : 'Without the rules it was answered: look at what they change in the packet, not only at what they end.';
}

/** Advice for a UDP client that ignores an answer, because it comes from an address that the client has not asked. */
function adviseOnOtherAddress({ protocol, to: { address, port }, observed, journey }: Case): string | null {
  const asked = printEndpoint(address, port);
  const answers = journey.filter(({ kind, destination }) => kind === 'udp' && destination !== asked);
  const source = answers.map((answer) => answer.rewrittenTo?.source ?? answer.source).find((end) => end.endsWith(`:${port}`));
  if (protocol !== 'udp' || observed.outcome !== 'timeout' || source === undefined || source === asked) {
    return null;
  }
  return `The answer did not come from ${address}, and a client hears nobody else: a server on 0.0.0.0 answers from an address that the kernel chooses. Let it listen on ${address}.`;
}

/** Advises how the answer can reach the client: give the server an address that the rule does not match, or accept the answers first. */
function adviseOnEatenAnswer(c: Case): string {
  const { from, to, rules, rule, journey } = c;
  if (isAnsweredDirectly(c)) {
    return adviseOnDirectAnswer(c);
  }
  const isRejected = journey[0]?.steps.some(({ verdict }) => verdict === 'reject') ?? false;
  const accept = ACCEPTANCE[rules](rule, journey);
  if (from === to.address && isRejected) {
    const shared = `Client and server share ${from}, so the rule that rejects the request matches the answer as well.`;
    const destination = rules === 'nft' ? 'ip daddr' : '-d';
    const move = `Give the server an address of its own, such as 127.0.0.2, and the rule ${destination} with that address; or `;
    // IPv6 has only one loopback address, ::1, so the server cannot get its own.
    return isIPv6Text(from) ? `${shared} Mend it: ${accept}.` : `${shared} ${move}${accept}.`;
  }
  return `The answer meets ${rule?.isPolicy ? 'the policy' : 'the rule'} on its way back: ${accept}.`;
}

/** Advises to give the request an address of the world as its source: then the answer comes back through the world. */
function adviseOnDirectAnswer({ from, rules, journey }: Case): string {
  const end = journey.find(({ rewrittenTo }) => rewrittenTo !== null)?.rewrittenTo?.destination ?? '';
  const server = end.replace(/^\[(.*)\](:\d+)?$|:\d+$/, '$1');
  const line =
    rules === 'nft'
      ? `in a nat chain at the postrouting hook, ${isIPv6Text(from) ? 'ip6' : 'ip'} saddr ${from} ${isIPv6Text(from) ? 'ip6' : 'ip'} daddr ${server} masquerade`
      : `${isIPv6Text(from) ? 'ip6tables ' : ''}-t nat -A POSTROUTING -s ${from} -d ${server} -j MASQUERADE`;
  return `Let the answer come back through the world: ${line} (or ${rules === 'nft' ? 'snat' : 'SNAT'} to an address of the world).`;
}

function getNftAcceptance(rule: Case['rule'], journey: Case['journey']): string {
  const step = findStep(rule, journey);
  const where = step === undefined ? '' : ` of table ${step.table} at the ${step.hook} hook`;
  return `accept the answers first: ct state established,related accept, at the head of the chain${where} (connection tracking knows them at priorities above -200)`;
}

function findStep(rule: Case['rule'], journey: Case['journey']): Step | undefined {
  return journey.flatMap(({ steps }) => steps).findLast(({ chain, table }) => chain === rule?.chain && table === rule.table);
}

function getAcceptance(rule: Case['rule'], journey: Case['journey']): string {
  const step = findStep(rule, journey);
  const table = rule?.table ?? 'filter';
  if (table === 'raw') {
    return 'narrow the rule so that it does not match the answers (raw is asked before connection tracking, which could tell them)';
  }
  // The packet may have been ended in a user chain. The new rule goes to the built-in chain of the hook, from which the packet came.
  const chain = step?.hook.toUpperCase() ?? rule?.chain ?? 'INPUT';
  return `accept the answers first: ${table === 'filter' ? '' : `-t ${table} `}-I ${chain} 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`;
}
