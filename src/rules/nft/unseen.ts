import type { Position } from '../../model/diagnostic.js';
import type { UnseenTable } from '../../model/scenario.js';
import { getNftRule, NFT_FAMILIES, type NftStatement, splitNftStatements } from './statements.js';
import { listNftKeywords, type NftToken, tokenizeNft } from './tokens.js';

const UNSEEN: readonly string[] = ['arp', 'bridge', 'netdev'] satisfies UnseenTable['family'][];

const VERBS = ['add', 'create', 'insert', 'replace', 'delete', 'destroy', 'flush', 'list', 'reset', 'rename', 'get'];
const OBJECTS = ['table', 'chain', 'rule', 'set', 'map', 'element', 'counter', 'quota', 'limit', 'ct', 'helper', 'timeout', 'expectation'];

/** Statements that change a packet, or answer it. Without them, a rule lets a packet pass as it is, or ends it. */
const CHANGES = ['set', 'reject', 'notrack', 'snat', 'dnat', 'masquerade', 'redirect'];

/** The family of the table to which each statement belongs, or which it declares. */
export function getNftFamilies(statements: NftStatement[]): string[] {
  let family = 'ip';
  return statements.map(({ context, tokens }) => {
    if (context === 'file') {
      family = readFamily(tokens);
    }
    return family;
  });
}

/** The family in a command. nft(8): without one, it is ip. */
function readFamily(tokens: NftToken[]): string {
  const words = tokens.map(({ text }) => text);
  let place = VERBS.includes(words[0] ?? '') ? 1 : 0;
  while (OBJECTS.includes(words[place] ?? '')) {
    place++;
  }
  const family = words[place] ?? '';
  return NFT_FAMILIES.includes(family) ? family : 'ip';
}

/** Finds the devices whose hooks the chains of netdev use, each with its place. A device that a definition names is not found. */
export function findNftDevices(text: string): (Position & { name: string })[] {
  if (!text.includes('netdev')) {
    return [];
  }
  const statements = splitNftStatements(tokenizeNft(text));
  const families = getNftFamilies(statements);
  return statements.flatMap(({ tokens }, place) => {
    const start = tokens.findIndex(({ text: word }) => word === 'device' || word === 'devices');
    if (families[place] !== 'netdev' || tokens[0]?.text !== 'type' || start === -1) {
      return [];
    }
    const behind = tokens.slice(start + 1).filter(({ text: word }) => word !== '=');
    const end = behind.findIndex(({ kind }) => kind === '}');
    const named = behind[0]?.kind === '{' ? behind.slice(1, end).filter(({ kind }) => kind !== ',') : behind.slice(0, 1);
    return named.filter(({ text: name }) => !name.startsWith('$')).map(({ text: name, line, column }) => ({ name, line, column }));
  });
}

/** Finds the tables whose packets no trace of a probe shows, each with the place of its name where the file names it first. */
export function findUnseenTables(text: string): (UnseenTable & Position)[] {
  if (!UNSEEN.some((family) => text.includes(family))) {
    return [];
  }
  const statements = splitNftStatements(tokenizeNft(text));
  const families = getNftFamilies(statements);
  const tables = new Map<string, UnseenTable & Position>();
  for (const [place, statement] of statements.entries()) {
    const family = families[place];
    const name = readTableName(statement);
    if (name !== null && isUnseen(family) && !tables.has(`${family} ${name.text}`)) {
      const changes = statements.some((own, at) => families[at] === family && isChanging(own));
      tables.set(`${family} ${name.text}`, { family, name: name.text, changes, line: name.line, column: name.column });
    }
  }
  return [...tables.values()];
}

function isUnseen(family: string | undefined): family is UnseenTable['family'] {
  return family !== undefined && UNSEEN.includes(family);
}

/** The name of the table that a statement declares; null if it declares none. */
export function readTableName({ context, tokens }: NftStatement): NftToken | null {
  const [table, first, second] = ['add', 'create'].includes(tokens[0]?.text ?? '') ? tokens.slice(1) : tokens;
  if (context !== 'file' || table?.text !== 'table' || first === undefined) {
    return null;
  }
  return second !== undefined && NFT_FAMILIES.includes(first.text) ? second : first;
}

function isChanging(statement: NftStatement): boolean {
  return getNftRule(statement).some((token) => listNftKeywords(token).some((word) => CHANGES.includes(word)));
}
