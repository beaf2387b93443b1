import { type NftProblem, toNftProblem } from './scan.js';
import type { NftStatement } from './statements.js';
import { getNftFamilies } from './unseen.js';
import { type NftItem, type NftToken, readNftItems } from './tokens.js';
import { TRACE_TABLE } from '../../words/nft-chain.js';

const CT_HELPER = 'ct helper is refused: it has the kernel load a module for the whole machine';

const OF_A_DEVICE = 'loopfw sees what the other hooks of inet do, not those of a device: write the chain in a table of family netdev';

const SHORT_CUT =
  'packets that take its short cut meet no rules, and loopfw sees none of them: leave it out here, it changes how fast packets go and not which';

const OF_IPTABLES = 'nft lists such a rule of iptables, but cannot read it: give the output of iptables-save instead';

/** Words of nft that loopfw refuses, each with the reason. If iptables has the same thing, rules/extensions/refused.ts gives the same reason. */
const REFUSED_NFT_WORDS: Record<string, string> = {
  include: 'it is no statement of its own with the path of a file in quotes, or nobody has read that file',
  monitor: 'it never comes to an end',
  nftrace: 'loopfw itself has every packet traced',
  [TRACE_TABLE]: "it is the name of loopfw's own table",
  queue: 'without a program that listens to its queue it drops every packet',
  ...because(SHORT_CUT, 'flowtable', 'flow'),
  dup: 'its copies are packets that no probe has sent: loopfw could not tell whose they are',
  // On lo, one datagram made 158,329 packets in 250 ms.
  fwd: 'one packet can go round between interfaces for ever, and takes a processor of the machine',
  synproxy: 'it answers in the place of the server, so that what the client sees says nothing about the rules',
  osf: 'it needs fingerprints that a program of the machine loads',
  secmark: 'it reaches the security policy of the whole machine',
  cgroupv2: "it looks into the machine's own control groups",
};

/** The hooks of a device, which loopfw allows in tables of family netdev. */
const DEVICE_HOOKS = because(OF_A_DEVICE, 'hook ingress', 'hook egress');

/**
 * Pairs of words that loopfw refuses. One of the words alone is allowed: a chain may be called ingress. The second word may be a string, as
 * the level of a log.
 */
const REFUSED_NFT_PHRASES: Record<string, string> = {
  'level audit': 'it writes to the audit log of the whole machine',
  'flags owner': 'such a table is gone when nft ends',
  ...because(OF_IPTABLES, 'xt match', 'xt target'),
};

/**
 * Finds the words and phrases that loopfw refuses. Comments are not searched, because nft sees no keywords there. A string counts only as
 * the second word of a phrase.
 */
export function checkNftWords(tokens: NftToken[], statements: NftStatement[]): NftProblem[] {
  const items = readNftItems(tokens);
  const families = getNftFamilies(statements);
  const ofNetdev = new Set(statements.flatMap((statement, place) => (families[place] === 'netdev' ? statement.tokens : [])));
  const problems = items.flatMap((item, place) => [
    ...checkItem(item, items[place - 1], REFUSED_NFT_PHRASES),
    ...(ofNetdev.has(item.token) ? [] : checkPhrase(item, items[place - 1], DEVICE_HOOKS)),
  ]);
  const helpers = [
    ...items.flatMap((item, place) => checkHelper(item, items[place - 1], items[place + 1])),
    ...statements.flatMap(checkHelperObject),
  ];
  return [...problems, ...(helpers.length > 0 ? helpers : items.flatMap((item, place) => checkHelperType(item, items[place - 1])))];
}

function checkItem(item: NftItem, before: NftItem | undefined, phrases: Record<string, string>): NftProblem[] {
  const { kind, text, token } = item;
  const reason = kind === 'name' && Object.hasOwn(REFUSED_NFT_WORDS, text) ? REFUSED_NFT_WORDS[text] : undefined;
  return reason === undefined ? checkPhrase(item, before, phrases) : [toNftProblem(token, `${text} is refused: ${reason}`)];
}

function checkPhrase({ kind, text, token }: NftItem, before: NftItem | undefined, phrases: Record<string, string>): NftProblem[] {
  const phrase = `${before?.kind === 'name' ? before.text : ''} ${text}`;
  return kind !== 'other' && Object.hasOwn(phrases, phrase) ? [toNftProblem(token, `${phrase} is refused: ${phrases[phrase] ?? ''}`)] : [];
}

/** A rule may match the helper of a connection, but not set it. */
function checkHelper({ kind, text, token }: NftItem, before: NftItem | undefined, after: NftItem | undefined): NftProblem[] {
  return kind === 'name' && text === 'helper' && before?.text === 'ct' && after?.text === 'set' ? [toNftProblem(token, CT_HELPER)] : [];
}

/** Outside a rule, `ct helper` declares a helper object. */
function checkHelperObject({ context, tokens }: NftStatement): NftProblem[] {
  const words = ['add', 'create'].includes(tokens[0]?.text ?? '') ? tokens.slice(1) : tokens;
  const [ct, helper] = words;
  return (context === 'file' || context === 'table') && ct?.text === 'ct' && helper?.text === 'helper'
    ? [toNftProblem(helper, CT_HELPER)]
    : [];
}

/** Only the type of a helper object is a string. This check finds a declaration that the other checks did not see. */
function checkHelperType({ kind, token }: NftItem, before: NftItem | undefined): NftProblem[] {
  return kind === 'string' && before?.kind === 'name' && before.text === 'type' ? [toNftProblem(token, CT_HELPER)] : [];
}

function because(reason: string, ...words: string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, reason]));
}
