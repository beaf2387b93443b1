import type { Advice, KnownRules } from '../../model/advice.js';
import type { Step } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { getFamily, isIPv6Text } from '../../words/addresses.js';
import type { Case } from '../case.js';
import { capitalize, describeMove, describeNamed, describeNftChain, writeAtEnd, writeAtHead } from './wording.js';
import { isAnsweredDirectly } from '../what-happened.js';

const STATE = '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
const NFT_STATE = 'ct state established,related accept';

/** Advises how the answer can reach the client: let connection tracking know it, and accept the answers first. */
export function adviseOnEatenAnswer(c: Case, known: KnownRules): Advice[] {
  if (isAnsweredDirectly(c)) {
    return [adviseOnDirectAnswer(c, known)];
  }
  const { near } = known;
  return [
    ...near.untracking.map((rule): Advice => ({
      text: `${capitalize(describeNamed(rule))} takes packets out of connection tracking, so no rule that asks for ESTABLISHED knows the answer: remove it, or accept the answers by their addresses and ports.`,
      remedy: { kind: 'remove-rule', index: rule.index },
    })),
    ...near.late.map(({ rule, before, remedy }): Advice => ({ text: describeMove(rule, before), remedy })),
    ...(near.untracking.length > 0 ? [] : [adviseToAccept(c, known)]),
  ];
}

function adviseToAccept(c: Case, known: KnownRules): Advice {
  const { text, remedy } = c.rules === 'nft' ? acceptByNft(c) : acceptByIptables(c, known);
  const isRejected = c.journey[0]?.steps.some(({ verdict }) => verdict === 'reject') ?? false;
  if (c.from === c.to.address && isRejected) {
    const shared = `Client and server share ${c.from}, so the rule that rejects the request matches the answer as well`;
    return { text: `${shared}. ${capitalize(text)}.${giveOwnAddress(c)}`, remedy };
  }
  return { text: `The answer meets ${c.rule?.isPolicy ? 'the policy' : 'the rule'} on its way back: ${text}.`, remedy };
}

/** IPv6 has only one loopback address, ::1, so a server there cannot get its own. */
function giveOwnAddress({ from, rules }: Case): string {
  return isIPv6Text(from)
    ? ''
    : ` Another way, not tried: give the server an address of its own, such as 127.0.0.2, and the rule ${rules === 'nft' ? 'ip daddr' : '-d'} with that address.`;
}

function acceptByNft({ rule, journey, from }: Case): Advice {
  const step = findBaseStep(rule, journey);
  if (step === undefined) {
    return { text: `accept the answers first: ${NFT_STATE}, at the head of the chain`, remedy: null };
  }
  return {
    text: `accept the answers first: ${NFT_STATE}, at the head of ${describeNftChain(step)}; connection tracking knows them at priorities above -200`,
    remedy: { kind: 'insert-nft', family: getFamily(from), table: step.table, chain: step.chain, statement: NFT_STATE },
  };
}

/** The base chain from which the packet came to the chain where it ended. */
function findBaseStep(rule: Case['rule'], journey: Case['journey']): Step | undefined {
  const ended = findStep(rule, journey);
  const packet = journey.findLast(({ steps }) => ended !== undefined && steps.includes(ended));
  return packet?.steps.find(({ hook, table }) => hook === ended?.hook && table === ended.table);
}

function findStep(rule: Case['rule'], journey: Case['journey']): Step | undefined {
  return journey.flatMap(({ steps }) => steps).findLast(({ chain, table }) => chain === rule?.chain && table === rule.table);
}

function acceptByIptables({ rule, journey, from }: Case, { rules }: KnownRules): Advice {
  const step = findStep(rule, journey);
  const table = rule?.table ?? 'filter';
  if (table === 'raw') {
    return {
      text: 'narrow the rule so that it does not match the answers (raw is asked before connection tracking, which could tell them)',
      remedy: null,
    };
  }
  // The packet may have been ended in a user chain. The new rule goes to the built-in chain of the hook, from which the packet came.
  const chain = step?.hook.toUpperCase() ?? rule?.chain ?? 'INPUT';
  const { text, command } = writeAtHead(rules, { family: getFamily(from), table, chain }, STATE);
  return { text: `accept the answers first: ${text}`, remedy: { kind: 'add-rules', lines: [command] } };
}

/** Advises to give the request an address of the world as its source: then the answer comes back through the world. */
function adviseOnDirectAnswer({ from, rules, journey }: Case, known: KnownRules): Advice {
  const end = journey.find(({ rewrittenTo }) => rewrittenTo !== null)?.rewrittenTo?.destination ?? '';
  const server = end.replace(/^\[(.*)\](:\d+)?$|:\d+$/, '$1');
  const family: Family = getFamily(from);
  if (rules === 'nft') {
    const ip = family === 'ipv6' ? 'ip6' : 'ip';
    return {
      text: `Let the answer come back through the world: in a nat chain at the postrouting hook, ${ip} saddr ${from} ${ip} daddr ${server} masquerade (or snat to an address of the world).`,
      remedy: null,
    };
  }
  const { text, command } = writeAtEnd(
    known.rules,
    { family, table: 'nat', chain: 'POSTROUTING' },
    `-s ${from} -d ${server} -j MASQUERADE`,
  );
  return {
    text: `Let the answer come back through the world: ${text} (or SNAT to an address of the world).`,
    remedy: { kind: 'add-rules', lines: [command] },
  };
}
