import type { Backend } from '../../model/result.js';
import type { Family, Table } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import { TABLES } from '../tables.js';

/** A command that removes the rules of a table, or its chains. */
export interface Flush {
  line: number;
  of: 'rules' | 'chains';
  family: Family;
  backend: Backend | null;
  table: Table;
  /** null: all chains of the table. */
  chain: string | null;
}

/** What a command does that makes no rule. `list` also stands for the counters: a world begins with zeroes. */
export type Upkeep = { of: 'list' } | Pick<Flush, 'of' | 'table' | 'chain'>;

/** The commands of iptables(8) that make no rule. */
const COMMANDS: ReadonlyMap<string, Upkeep['of']> = new Map([
  ['-F', 'rules'],
  ['--flush', 'rules'],
  ['-X', 'chains'],
  ['--delete-chain', 'chains'],
  ['-Z', 'list'],
  ['--zero', 'list'],
  ['--list', 'list'],
  ['--list-rules', 'list'],
  ['-V', 'list'],
  ['--version', 'list'],
]);
/** -L and -S, also with other options in the same word: -nvL. */
const LISTS = /^-[nvx]*[LS][nvx]*$/;
const DISPLAY = /^(?:-[nvx]+|--numeric|--verbose|--exact|--line-numbers)$/;
const WAIT = /^(?:-[wW]|--wait|--wait-interval)(?<given>=?\d+)?$/;
const TABLE = /^(?:-t|--table)$/;
const GLUED_TABLE = /^(?:--table=|-t=?)(?<name>.+)$/;

/**
 * Reads a command that makes no rule. Any other word makes it another command: the same letters can be the text of a comment.
 *
 * @returns null for another command
 * @throws RuleError if it names an unknown table
 */
export function readUpkeep(words: string[]): Upkeep | null {
  const commands: Upkeep['of'][] = [];
  const names: string[] = [];
  let table = 'filter';
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? '';
    const command = LISTS.test(word) ? 'list' : COMMANDS.get(word);
    const wait = WAIT.exec(word);
    const glued = GLUED_TABLE.exec(word)?.groups?.['name'];
    if (command !== undefined) {
      commands.push(command);
    } else if (TABLE.test(word)) {
      table = words[++place] ?? '';
    } else if (glued !== undefined) {
      table = glued;
    } else if (wait !== null) {
      place += wait.groups?.['given'] === undefined && /^\d+$/.test(words[place + 1] ?? '') ? 1 : 0;
    } else if (commands.length > 0 && !word.startsWith('-')) {
      names.push(word);
    } else if (!DISPLAY.test(word)) {
      return null;
    }
  }
  const [of, ...others] = commands;
  const isList = of === 'list' && others.every((other) => other === 'list');
  if (of === undefined || (!isList && others.length > 0) || names.length > (isList ? 2 : 1)) {
    return null;
  }
  return of === 'list' ? { of } : { of, table: findTable(table), chain: names[0] ?? null };
}

function findTable(name: string): Table {
  const table = TABLES.find((known) => known === name);
  if (table === undefined) {
    throw new RuleError(`unknown table "${name}": ${TABLES.join(', ')}`);
  }
  return table;
}
