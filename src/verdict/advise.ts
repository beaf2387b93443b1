import type { Case } from '../model/case.js';
import type { Cause } from '../model/result.js';

/** What to do about a cause that was not wanted; null where that is plain from the cause. */
const ADVICE = {
  service: () => null,
  'no-listener': ({ to }) => `Nothing listens on ${to.address}:${to.port}: give the scenario a server there, or expect "closed".`,
  rejected: () => null,
  dropped: () => null,
  'answer-eaten': adviseOnEatenAnswer,
  silent: () => null,
  local: ({ to }) => `The world has nothing but lo: ${to.address} must be one of its addresses.`,
  unexplained: () => null,
} satisfies Record<Cause, (c: Case) => string | null>;

export function advise(c: Case): string | null {
  return ADVICE[c.cause](c);
}

function adviseOnEatenAnswer({ from, to, rule, journey }: Case): string {
  const chain = rule?.chain ?? 'INPUT';
  const isRejected = journey[0]?.steps.some(({ verdict }) => verdict === 'reject') ?? false;
  const accept = `accept the answers first: -I ${getHookChain(journey, chain)} 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`;
  if (from === to.address && isRejected) {
    return (
      `Client and server share ${from}, so the rule that rejects the request matches the answer as well. ` +
      `Give the server an address of its own, such as 127.0.0.2, and the rule -d with that address; or ${accept}.`
    );
  }
  return `The answer meets ${rule?.text.startsWith('-P ') ? 'the policy' : 'the rule'} on its way back: ${accept}.`;
}

/** A rule in a user chain is mended where the packet came from: in the built-in chain of the hook. */
function getHookChain(journey: Case['journey'], chain: string): string {
  const step = journey.flatMap(({ steps }) => steps).findLast((candidate) => candidate.chain === chain);
  return step === undefined ? chain : step.hook.toUpperCase();
}
