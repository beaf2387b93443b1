import type { Advice, KnownRules } from '../../model/advice.js';
import type { Cause, Expectation } from '../../model/result.js';
import { isIPv6Text, printEndpoint, splitEndpoint } from '../../words/addresses.js';
import { writeInterface } from '../../words/outside.js';
import { isFault, nameDecider } from '../../words/rule-name.js';
import { adviseOnEatenAnswer } from './answers.js';
import { adviseOnDrop, adviseOnRejection } from './rules.js';
import { adviseOnDiscovery } from './discovery.js';
import type { Case } from '../case.js';
import { adviseOnOlderFlow } from '../older-flow.js';
import { adviseOnRouting } from './routing.js';
import { capitalize, describeNamed, say } from './wording.js';
import { isDiscoveryEnded } from '../what-happened.js';

/** What to do about an unwanted cause; nothing if the cause itself shows it. */
const ADVICE = {
  service: () => [],
  'no-listener': adviseOnNoListener,
  rejected: adviseOnRejection,
  dropped: adviseOnDrop,
  'answer-eaten': (c, known) => (isDiscoveryEnded(c.journey) ? adviseOnDiscovery(c, known) : adviseOnEatenAnswer(c, known)),
  silent: adviseOnSilence,
  'not-routed': (c) => (isRefusalByRule(c) ? [] : adviseOnRouting(c)),
  local: adviseOnLocal,
  unexplained: adviseOnOtherAddress,
} satisfies Record<Cause, (c: Case, known: KnownRules) => Advice[]>;

/** Expectations that are met when the client gets no answer. */
const BLOCKS: (Expectation['outcome'] | Expectation['cause'])[] = [
  ...(['timeout', 'denied'] as const),
  ...(['dropped', 'answer-eaten', 'silent', 'not-routed', 'local', 'unexplained'] as const),
];

/**
 * Lists what may give the expected result: the best first. Empty if there is nothing to advise. No advice opens what the scenario expects to
 * be blocked.
 */
export function listAdvice(c: Case, known: KnownRules): Advice[] {
  if (BLOCKS.includes(c.expected.outcome) || BLOCKS.includes(c.expected.cause)) {
    return adviseOnWantedBlock(c);
  }
  if (c.rule !== null && isFault(c.rule)) {
    return say(`Heal ${nameDecider(c.rule)}, or expect what it does.`);
  }
  const special = [...adviseOnOlderFlow(c), ...adviseOnRefusedWay(c)];
  return [...adviseOnTwins(c, known), ...(special.length > 0 ? special : ADVICE[c.cause](c, known))];
}

/** Whether a rule was to refuse the request: then it does not matter where routing ended it. */
function isRefusalByRule({ expected: { outcome, cause, rule } }: Case): boolean {
  return cause === 'rejected' || (outcome === 'refused' && rule !== undefined);
}

function adviseOnWantedBlock({ expected, observed, cause }: Case): Advice[] {
  return cause === 'dropped' && expected.outcome === 'timeout' && observed.outcome === 'denied'
    ? say('In OUTPUT the sender of a datagram is told of a DROP by its own stack: drop it in INPUT to leave it in the dark.')
    : [];
}

/** A rule that rewrites what comes in does nothing with what the world itself sends: that meets nat OUTPUT. */
function adviseOnTwins({ cause, expected }: Case, { near }: KnownRules): Advice[] {
  const isServiceWanted = expected.outcome === 'connected' || expected.cause === 'service';
  return !isServiceWanted || cause === 'service'
    ? []
    : near.twins.map(({ rule, line }) => ({
        text: `Give ${describeNamed(rule)} a twin for packets that this host sends: ${line}.`,
        remedy: { kind: 'add-rules', lines: [line] },
      }));
}

/** Types of routes that refuse what the world itself sends, by the errno of the sender. */
const REFUSALS: Record<string, string> = { EINVAL: 'blackhole', EHOSTUNREACH: 'unreachable' };

/** Advice where there is a route, and it refuses what the client sends. */
function adviseOnRefusedWay({ cause, fate, observed, from, to }: Case): Advice[] {
  const type = REFUSALS[observed.errno ?? ''];
  if (cause !== 'local' || fate !== null || type === undefined) {
    return [];
  }
  return say(
    type === 'blackhole' && from.startsWith('127.')
      ? `A packet from ${from} cannot leave the host: let the client have an address of an interface.`
      : `An entry of the type ${type} in "routes" or "ipRules" covers ${to.address}: expect "local" where that is meant, or add a route with a longer prefix.`,
  );
}

/** A rule may have sent the request elsewhere: nothing listens there then. */
function adviseOnNoListener({ protocol, to, observed, journey, expected }: Case, { near }: KnownRules): Advice[] {
  if (observed.outcome === 'unreachable' || expected.outcome === 'refused' || expected.cause === 'rejected') {
    return [];
  }
  const [other] = near.elsewhere;
  if (other !== undefined) {
    return say(
      `${capitalize(describeNamed(other.rule))} may be meant for this packet, but asks for ${other.asked}: give the interface of this packet a rule of its own, or expect "closed".`,
    );
  }
  const rewritten = journey[0]?.rewrittenTo?.destination ?? null;
  const asked = printEndpoint(to.address, to.port);
  const text = `Nothing listens on ${rewritten ?? asked}${rewritten === null ? '' : `, where ${asked} leads`}: give the scenario a server there, or expect "closed".`;
  const end = rewritten === null ? to : splitEndpoint(rewritten);
  return [{ text, remedy: protocol === 'icmp' ? null : { kind: 'add-server', protocol, ...end } }];
}

function adviseOnSilence({ journey, control, fate }: Case): Advice[] {
  if (fate?.kind === 'unanswerable') {
    return adviseOnRouting({ fate });
  }
  if (journey[0]?.rewrittenTo) {
    return say('A rule has rewritten the addresses: see that somebody answers at the new one, and that the answer finds its way back.');
  }
  return say(
    control?.outcome === 'timeout'
      ? 'It is not answered without the rules either: look at the server, and at the address where it listens.'
      : 'Without the rules it was answered: look at what they change in the packet, not only at what they end.',
  );
}

function adviseOnLocal({ to, observed, fate }: Case): Advice[] {
  if (fate !== null) {
    return adviseOnRouting({ fate });
  }
  if (observed.outcome === 'reset' || observed.errno === 'ENOTCONN') {
    return [];
  }
  return say(
    observed.errno === 'EACCES'
      ? `Ask an address of one host, if ${to.address} is a broadcast address: only a socket with SO_BROADCAST may send there.`
      : `Nothing in the world leads to ${to.address}: it must be one of the world's own addresses, have a route, or be a machine outside, such as ${writeInterface('eth0', to.address)} with a server "via": "eth0".`,
  );
}

/** Advice for a UDP client that ignores an answer, because it comes from an address that the client has not asked. */
function adviseOnOtherAddress({ protocol, to: { address, port }, observed, journey }: Case): Advice[] {
  const asked = printEndpoint(address, port);
  const answers = journey.filter(({ kind, destination }) => kind === 'udp' && destination !== asked);
  const source = answers.map((answer) => answer.rewrittenTo?.source ?? answer.source).find((end) => end.endsWith(`:${port}`));
  if (protocol !== 'udp' || observed.outcome !== 'timeout' || source === undefined || source === asked) {
    return [];
  }
  const all = isIPv6Text(address) ? '::' : '0.0.0.0';
  return [
    {
      text: `The answer did not come from ${address}, and a client hears nobody else: a server on ${all} answers from an address that the kernel chooses. Let it listen on ${address}.`,
      remedy: { kind: 'listen', address, port },
    },
  ];
}
