import { type NftToken, tokenizeNft } from './tokens.js';

/** The place of a statement: at the top of the file, in a table, in a chain, or in the braces of another object. */
export type NftContext = 'file' | 'table' | 'chain' | 'object';

/** A command, a rule, a declaration, or the head of a block. */
export interface NftStatement {
  context: NftContext;
  /** With the braces of sets, without the braces of blocks. */
  tokens: NftToken[];
}

/** The families of tables (nft(8), ADDRESS FAMILIES). */
export const NFT_FAMILIES = ['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev'];

const COMMANDS = ['add', 'create', 'destroy', 'delete'];
const OBJECTS = ['table', 'chain', 'set', 'map', 'flowtable', 'counter', 'quota', 'limit', 'ct', 'synproxy', 'secmark'];

/** The first words of statements in a chain that are not rules. */
const DECLARATIONS = ['type', 'policy', 'comment', 'flags', 'define', 'redefine', 'undefine'];
/** The first words of commands that add no rule. Without such a word, `inet filter input …` adds a rule. */
const OTHERS = [
  ...['table', 'chain', 'set', 'map', 'element', 'flowtable', 'counter', 'quota', 'ct', 'limit', 'secmark', 'synproxy'],
  ...['replace', 'create', 'delete', 'destroy', 'get', 'list', 'reset', 'flush', 'rename', 'import', 'export', 'monitor', 'describe'],
  ...['include', 'define', 'redefine', 'undefine'],
];

/** Cuts an nft file into statements. It does not report unmatched braces: checkNftText does. */
export function splitNftStatements(tokens: NftToken[]): NftStatement[] {
  const statements: NftStatement[] = [];
  const blocks: NftContext[] = [];
  let [current, braces]: [NftToken[], number] = [[], 0];
  const getContext = () => blocks.at(-1) ?? 'file';
  const finish = () => {
    if (current.length > 0) {
      statements.push({ context: getContext(), tokens: current });
    }
    [current, braces] = [[], 0];
  };
  for (const token of tokens) {
    const opened = token.kind === '{' && braces === 0 ? getBlock(current, getContext()) : null;
    if (opened !== null) {
      finish();
      blocks.push(opened);
    } else if (token.kind === '}' && braces === 0) {
      finish();
      blocks.pop();
    } else if (token.kind !== 'end') {
      braces += token.kind === '{' ? 1 : token.kind === '}' ? -1 : 0;
      current.push(token);
    } else if (braces === 0) {
      finish();
    }
  }
  finish();
  return statements;
}

/** What a brace after these words opens: a block, or null for a set of values. */
function getBlock(head: NftToken[], context: NftContext): NftContext | null {
  if (context !== 'file' && context !== 'table') {
    return null;
  }
  const words = head.map(({ text }) => text);
  const object = (COMMANDS.includes(words[0] ?? '') ? words[1] : words[0]) ?? '';
  if (object === 'table' || object === 'chain') {
    return object;
  }
  return context === 'table' || OBJECTS.includes(object) ? 'object' : null;
}

/** The rules of an nft file, each as a list of words. A rule is in the braces of a chain, or follows `add rule inet filter input`. */
export function listNftRuleStatements(file: string): NftToken[][] {
  return splitNftStatements(tokenizeNft(file))
    .map(getNftRule)
    .filter((tokens) => tokens.length > 0);
}

/** The words of the rule in a statement. Empty if the statement is no rule. */
export function getNftRule({ context, tokens }: NftStatement): NftToken[] {
  if (context === 'chain') {
    return DECLARATIONS.includes(tokens[0]?.text ?? '') ? [] : tokens;
  }
  return context === 'file' ? getRuleOfCommand(tokens) : [];
}

/** The words of the rule in a command. `add`, `insert` and `rule` are optional. */
function getRuleOfCommand(tokens: NftToken[]): NftToken[] {
  const words = tokens.map(({ text }) => text);
  let start = ['add', 'insert'].includes(words[0] ?? '') ? 1 : 0;
  if (words[start] === 'rule') {
    start++;
  } else if (OTHERS.includes(words[start] ?? '')) {
    return [];
  }
  const body = tokens.slice(start + (NFT_FAMILIES.includes(words[start] ?? '') ? 3 : 2));
  return ['handle', 'position', 'index'].includes(body[0]?.text ?? '') ? body.slice(2) : body;
}
