import type { Case } from '../model/case.js';
import type { Step } from '../model/result.js';

/** How the client can be told all the same: an address that the rule does not meet, or the answers let in first. */
export function adviseOnEatenAnswer({ from, to, rules, rule, journey }: Case): string {
  const isRejected = journey[0]?.steps.some(({ verdict }) => verdict === 'reject') ?? false;
  const accept = ACCEPTANCE[rules](rule, journey);
  if (from === to.address && isRejected) {
    const shared = `Client and server share ${from}, so the rule that rejects the request matches the answer as well.`;
    const destination = rules === 'nft' ? 'ip daddr' : '-d';
    const move = `Give the server an address of its own, such as 127.0.0.2, and the rule ${destination} with that address; or `;
    // Of IPv6 a world has ::1 alone.
    return from.includes(':') ? `${shared} Mend it: ${accept}.` : `${shared} ${move}${accept}.`;
  }
  return `The answer meets ${rule?.isPolicy ? 'the policy' : 'the rule'} on its way back: ${accept}.`;
}

/** How to let answers pass: in the table and at the hook where they were ended. */
const ACCEPTANCE = { iptables: getAcceptance, nft: getNftAcceptance } satisfies Record<Case['rules'], unknown>;

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
  // A rule in a user chain is mended where the packet came from: in the built-in chain of the hook.
  const chain = step?.hook.toUpperCase() ?? rule?.chain ?? 'INPUT';
  return `accept the answers first: ${table === 'filter' ? '' : `-t ${table} `}-I ${chain} 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`;
}
