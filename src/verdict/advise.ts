import type { Case } from '../model/case.js';
import type { Cause } from '../model/result.js';
import { isDiscoveryEnded } from './is-discovery-ended.js';

const DISCOVERY_ADVICE =
  'Accept neighbour discovery, in and out: -p icmpv6 --icmpv6-type neighbour-solicitation, and the same with neighbour-advertisement.';

/** What to do about a cause that was not wanted; null where that is plain from the cause. */
const ADVICE = {
  service: () => null,
  'no-listener': ({ to }) => `Nothing listens on ${to.address}:${to.port}: give the scenario a server there, or expect "closed".`,
  rejected: () => null,
  dropped: ({ journey }) => (isDiscoveryEnded(journey) ? DISCOVERY_ADVICE : null),
  'answer-eaten': adviseOnEatenAnswer,
  silent: () => null,
  local: ({ to }) =>
    `Nothing in the world leads to ${to.address}: it must be one of the world's own addresses, stand outside of an interface, or have a route.`,
  unexplained: () => null,
} satisfies Record<Cause, (c: Case) => string | null>;

export function advise(c: Case): string | null {
  return ADVICE[c.cause](c);
}

function adviseOnEatenAnswer({ from, to, rule, journey }: Case): string {
  if (isDiscoveryEnded(journey)) {
    return DISCOVERY_ADVICE;
  }
  const isRejected = journey[0]?.steps.some(({ verdict }) => verdict === 'reject') ?? false;
  const accept = getAcceptance(rule, journey);
  if (from === to.address && isRejected) {
    const shared = `Client and server share ${from}, so the rule that rejects the request matches the answer as well.`;
    // Of IPv6 a world has ::1 alone.
    const move = 'Give the server an address of its own, such as 127.0.0.2, and the rule -d with that address; or ';
    return from.includes(':') ? `${shared} Mend it: ${accept}.` : `${shared} ${move}${accept}.`;
  }
  return `The answer meets ${rule?.text.startsWith('-P ') ? 'the policy' : 'the rule'} on its way back: ${accept}.`;
}

/** How to let answers pass: in the table and at the hook where they were ended. */
function getAcceptance(rule: Case['rule'], journey: Case['journey']): string {
  const step = journey.flatMap(({ steps }) => steps).findLast(({ chain, table }) => chain === rule?.chain && table === rule.table);
  const table = rule?.table ?? 'filter';
  if (table === 'raw') {
    return 'narrow the rule so that it does not match the answers (raw is asked before connection tracking, which could tell them)';
  }
  // A rule in a user chain is mended where the packet came from: in the built-in chain of the hook.
  const chain = step?.hook.toUpperCase() ?? rule?.chain ?? 'INPUT';
  return `accept the answers first: ${table === 'filter' ? '' : `-t ${table} `}-I ${chain} 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`;
}
