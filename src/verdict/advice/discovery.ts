import type { Advice, KnownRules } from '../../model/advice.js';
import type { Step } from '../../model/result.js';
import type { Case } from '../case.js';
import { describeNftChain, writeAtHead } from './wording.js';

const NFT_STATEMENT = 'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept';
const TYPES = ['neighbour-solicitation', 'neighbour-advertisement'];
const BOTH_WAYS = ['INPUT', 'OUTPUT'];

/** Advises to accept the packets by which IPv6 finds its neighbours (RFC 4861): where they ended, or in and out. */
export function adviseOnDiscovery({ rules, journey }: Case, known: KnownRules): Advice[] {
  const bases = journey.filter(({ kind }) => kind === 'neighbour').flatMap(({ steps }) => findEndedBase(steps));
  if (rules === 'nft') {
    return adviseInNft(bases[0]);
  }
  const ended = [...new Set(bases.map(({ hook }) => hook.toUpperCase()))];
  const places = ended.every((chain) => BOTH_WAYS.includes(chain)) && ended.length < BOTH_WAYS.length ? [ended, BOTH_WAYS] : [ended];
  return places.map((chains) => {
    const lines = chains.flatMap((chain) =>
      TYPES.map((type) =>
        writeAtHead(known.rules, { family: 'ipv6', table: 'filter', chain }, `-p icmpv6 --icmpv6-type ${type} -j ACCEPT`),
      ),
    );
    return {
      text: `Accept neighbour discovery: ${lines.map(({ text }) => text).join('; ')}.`,
      remedy: { kind: 'add-rules', lines: lines.map(({ command }) => command) },
    };
  });
}

function adviseInNft(base: Step | undefined): Advice[] {
  const text = `Accept neighbour discovery: ${NFT_STATEMENT}`;
  return base === undefined
    ? [{ text: `${text}, in and out.`, remedy: null }]
    : [
        {
          text: `${text}, at the head of ${describeNftChain(base)}.`,
          remedy: { kind: 'insert-nft', family: 'ipv6', table: base.table, chain: base.chain, statement: NFT_STATEMENT },
        },
      ];
}

/** The base chain from which a packet came to the rule or policy that ended it. */
function findEndedBase(steps: Step[]): Step[] {
  const end = steps.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  const base = steps.find(({ hook, table }) => hook === end?.hook && table === end.table);
  return base === undefined ? [] : [base];
}
