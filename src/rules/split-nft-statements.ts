import type { NftToken } from './tokenize-nft.js';

/** The place of a statement: at the top of the file, in a table, in a chain, or in the braces of another object. */
export type NftContext = 'file' | 'table' | 'chain' | 'object';

/** A command, a rule, a declaration, or the head of a block. */
export interface NftStatement {
  context: NftContext;
  /** With the braces of sets, without the braces of blocks. */
  tokens: NftToken[];
}

const COMMANDS = ['add', 'create', 'destroy', 'delete'];
const OBJECTS = ['table', 'chain', 'set', 'map', 'flowtable', 'counter', 'quota', 'limit', 'ct', 'synproxy', 'secmark'];

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
