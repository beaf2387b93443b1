import type { Family } from '../../../model/rule.js';
import type { RuleSet, ScenarioRule } from '../../../model/scenario.js';
import { getNftRule, splitNftStatements } from '../../../rules/nft/statements.js';
import { type NftToken, tokenizeNft } from '../../../rules/nft/tokens.js';
import { getFamily } from '../../../words/addresses.js';

/** The addresses and prefixes for which rules have one name. */
interface NamedPrefixes {
  prefixes: Record<Family, string[]>;
  /** Whether a name is for all of them alike: a comment or a set. The addresses of a chain can be treated each in its own way. */
  isForAll: boolean;
}

/** What IPv4 and IPv6 call by one name, with the first prefix of each. */
export type NamePair = Record<Family, string>;

/** A 4 or 6 in a name, as in blocked4, blocked-v6, ufw6-user-input. */
const FAMILY_MARK = /[-_ ]?(?:ip)?v?[46](?![a-z\d])/g;
const BUILT_IN = /^(?:PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)$/i;
const ADDRESS = /^(?:[\d.]+|[\da-f:.]*:[\da-f:.]*)(?:\/\d+)?$/i;

/** Pairs the addresses that rules for IPv4 and for IPv6 have in a set, in a chain, or beside a comment of the same name. */
export function pairByName({ rules, natives }: RuleSet): NamePair[] {
  const named = new Map<string, NamedPrefixes>();
  const add = (kind: 'comment' | 'set' | 'chain', name: string, prefixes: string[]) => {
    const key = `${kind} ${name.toLowerCase().replaceAll(FAMILY_MARK, '')}`;
    const known = named.get(key) ?? { prefixes: { ipv4: [], ipv6: [] }, isForAll: kind !== 'chain' };
    named.set(key, known);
    for (const prefix of prefixes.filter((each) => ADDRESS.test(each) && /[.:]/.test(each))) {
      const own = known.prefixes[getFamily(prefix)];
      own.push(...(own.includes(prefix) ? [] : [prefix]));
    }
  };
  rules.forEach((rule) => addIptables(rule, add));
  natives.forEach(({ text }) => addNft(text, add));
  const pairs = [...named.values()].flatMap(({ prefixes: { ipv4, ipv6 }, isForAll }): NamePair[] => {
    const [one, other] = [ipv4[0], ipv6[0]];
    const isSure = isForAll || (ipv4.length === 1 && ipv6.length === 1);
    return one === undefined || other === undefined || !isSure ? [] : [{ ipv4: one, ipv6: other }];
  });
  return [...new Map(pairs.map((pair) => [JSON.stringify(pair), pair])).values()];
}

type Add = (kind: 'comment' | 'set' | 'chain', name: string, prefixes: string[]) => void;

function addIptables({ entries }: ScenarioRule, add: Add): void {
  for (const entry of entries) {
    for (const { source, destination, matches } of 'rules' in entry ? entry.rules : []) {
      const prefixes = [source, destination].flatMap((part) => (part === null || part.negated ? [] : [part.value]));
      const options = matches.flatMap((match) => match.options);
      options.filter(({ flag }) => flag === '--comment').forEach(({ values: [comment = ''] }) => add('comment', comment, prefixes));
      if (!BUILT_IN.test(entry.chain)) {
        add('chain', entry.chain, prefixes);
      }
    }
  }
}

function addNft(text: string, add: Add): void {
  let [chain, set] = ['', ''];
  for (const statement of splitNftStatements(tokenizeNft(text))) {
    const { context, tokens } = statement;
    const words = tokens.map(({ text: word }) => word);
    if (context === 'table') {
      [chain, set] = words[0] === 'set' ? [chain, words[1] ?? ''] : [words[1] ?? '', ''];
    }
    const isAdded = context === 'file' && words.slice(0, 2).includes('element');
    if (isAdded || (context === 'object' && words[0] === 'elements')) {
      add('set', isAdded ? (words[words.indexOf('{') - 1] ?? '') : set, listWords(tokens));
    }
    const rule = getNftRule(statement);
    const comment = rule.findIndex(({ text: word }) => word === 'comment');
    const prefixes = rule.flatMap(({ text: word }, place) =>
      ['saddr', 'daddr'].includes(word) && rule[place + 1]?.text !== '!=' ? listAddresses(rule.slice(place + 1)) : [],
    );
    if (comment !== -1) {
      add('comment', rule[comment + 1]?.text ?? '', prefixes);
    }
    if (context === 'chain' && !BUILT_IN.test(chain)) {
      add('chain', chain, prefixes);
    }
  }
}

/** The addresses behind a word: one, or those of a set in braces. */
function listAddresses(tokens: NftToken[]): string[] {
  const end = tokens[0]?.kind === '{' ? tokens.findIndex(({ kind }) => kind === '}') : 1;
  return listWords(tokens.slice(0, end));
}

function listWords(tokens: NftToken[]): string[] {
  return tokens.filter(({ kind }) => kind === 'word').flatMap(({ text }) => text.split(','));
}
