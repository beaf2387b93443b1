import { toNftKey } from './lines.js';
import { getNftRule, NFT_FAMILIES, type NftStatement, splitNftStatements } from './statements.js';
import { type NftToken, tokenizeNft } from './tokens.js';

/** Commands that change rules which are there already, and what places a rule beside another. */
const CHANGING = ['replace', 'delete', 'destroy'];
const PLACING = ['handle', 'position', 'index'];

/** A chain of an nft file. */
export interface NftFileChain {
  family: string;
  table: string;
  name: string;
  /** null for a chain that other chains jump to, and for one that another file declares. */
  base: { type: string; hook: string } | null;
  /** The word behind `policy`, accept or drop; null if there is none. */
  policy: NftToken | null;
  /** In the order in which the kernel has them; null where only the kernel knows it: a rule is placed by its handle, or replaced. */
  rules: NftToken[][] | null;
}

/** Finds the chains of a text, in the order of their tables. A chain may be written in several parts. */
export function listNftChains(text: string): NftFileChain[] {
  const tables = new Map<string, Map<string, NftFileChain>>();
  const open = ({ family, table, name }: Name): NftFileChain => {
    const chains = tables.get(`${family} ${table}`) ?? new Map<string, NftFileChain>();
    const chain = chains.get(name) ?? { family, table, name, base: null, policy: null, rules: [] };
    tables.set(`${family} ${table}`, chains.set(name, chain));
    return chain;
  };
  let owner: Name = { family: 'ip', table: '', name: '' };
  let chain: NftFileChain | null = null;
  for (const statement of splitNftStatements(tokenizeNft(text))) {
    const words = statement.tokens.map((token) => token.text);
    if (statement.context === 'file') {
      const [object = '', ...named] = ['add', 'create'].includes(words[0] ?? '') ? words.slice(1) : words;
      owner = readName(named);
      chain = object === 'chain' ? open(owner) : null;
      addCommand(statement, open);
    } else if (statement.context === 'table') {
      chain = words[0] === 'chain' ? open({ ...owner, name: words[1] ?? '' }) : null;
    } else if (statement.context === 'chain' && chain !== null) {
      addToChain(chain, statement);
    }
  }
  return [...tables.values()].flatMap((chains) => [...chains.values()]);
}

type Name = Pick<NftFileChain, 'family' | 'table' | 'name'>;

/** nft(8): without a family, it is ip. */
function readName(words: string[]): Name {
  const [family = 'ip', table = '', name = ''] = NFT_FAMILIES.includes(words[0] ?? '') ? words : ['ip', ...words];
  return { family, table, name };
}

function addToChain(chain: NftFileChain, statement: NftStatement): void {
  const [first, second, , fourth] = statement.tokens;
  const rule = getNftRule(statement);
  if (first?.text === 'type') {
    chain.base = { type: second?.text ?? '', hook: fourth?.text ?? '' };
  } else if (first?.text === 'policy') {
    chain.policy = second?.text === 'accept' || second?.text === 'drop' ? second : null;
  } else if (rule.length > 0) {
    chain.rules?.push(rule);
  }
}

/** Adds the rule of a command: `add rule inet filter input tcp dport 22 accept`. */
function addCommand(statement: NftStatement, open: (name: Name) => NftFileChain): void {
  const rule = getNftRule(statement);
  const words = statement.tokens.slice(0, statement.tokens.length - rule.length).map(({ text }) => text);
  const [verb = ''] = words;
  const isVerb = ['add', 'insert', ...CHANGING].includes(verb);
  const named = isVerb ? words.slice(1) : words;
  const name = readName(named[0] === 'rule' ? named.slice(1) : named);
  if (rule.length > 0) {
    const chain = open(name);
    if (PLACING.some((word) => words.includes(word))) {
      chain.rules = null;
    } else if (verb === 'insert') {
      chain.rules?.unshift(rule);
    } else {
      chain.rules?.push(rule);
    }
  } else if (CHANGING.includes(verb) && named[0] === 'rule') {
    open(name).rules = null;
  }
}

/** A rule of nft's listing. */
export interface ListedNftRule {
  table: string;
  chain: string;
  text: string;
}

/** A rule in its file. */
export interface PlacedNftRule {
  chain: NftFileChain;
  tokens: NftToken[];
}

/**
 * Finds each rule of nft's listing in its file. nft rewrites many rules (`dport ssh` as `dport 22`), but not their order: where a chain has as
 * many rules as its file has for it, they are the same.
 * @param rules in the order of the listing
 * @returns null where no single rule of the file is this one
 */
export function placeNftRules(chains: NftFileChain[], rules: ListedNftRule[]): (PlacedNftRule | null)[] {
  const byChain = new Map<string, { at: number; key: string }[]>();
  for (const [at, { table, chain, text }] of rules.entries()) {
    const listed = byChain.get(`${table} ${chain}`) ?? [];
    listed.push({ at, key: toNftKey(tokenizeNft(text)) });
    byChain.set(`${table} ${chain}`, listed);
  }
  const found: (PlacedNftRule | null)[] = rules.map(() => null);
  for (const [name, listed] of byChain) {
    // The tables of two families may have one name.
    const own = chains.filter((chain) => `${chain.table} ${chain.name}` === name);
    const written = own.flatMap((chain) => (chain.rules ?? []).map((tokens): PlacedNftRule => ({ chain, tokens })));
    const keys = written.map(({ tokens }) => toNftKey(tokens));
    const known = new Map(keys.map((key, place) => [key, place]));
    const isInOrder =
      own.every((chain) => chain.rules !== null) &&
      written.length === listed.length &&
      listed.every(({ key }, place) => key === keys[place] || !known.has(key));
    for (const [place, { at, key }] of listed.entries()) {
      const last = known.get(key) ?? -1;
      found[at] = written[isInOrder ? place : keys.indexOf(key) === last ? last : -1] ?? null;
    }
  }
  return found;
}

/** Whether a text has values that rules only name: definitions, and elements of named sets. */
export function hasNftValues(text: string): boolean {
  return splitNftStatements(tokenizeNft(text)).some(({ tokens }) =>
    tokens.slice(0, 2).some(({ kind, text: word }) => kind === 'word' && ['define', 'redefine', 'elements', 'element'].includes(word)),
  );
}
