import type { Table } from '../../model/rule.js';
import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { TABLES } from '../tables.js';
import type { SaveLine } from './line.js';

export interface LineProblem {
  line: number;
  /** Missing: the problem is of the whole line. */
  column?: number;
  message: string;
}

/** Follows the tables of an iptables-save file. Finds the table of each line, and what iptables-restore refuses about the tables. */
export class SectionReader {
  /** The line where each table begins. */
  readonly #begun = new Map<string, number>();
  #open: { name: string; line: number; table: Table | null } | null = null;
  #hasStray = false;

  /**
   * The table of a chain or rule line. null for other lines, and in an unknown table.
   * @throws RuleError if the line is not allowed at this place
   */
  read(read: SaveLine, line: number): Table | null {
    switch (read.kind) {
      case 'nothing':
        return null;
      case 'table':
        return this.#begin(read.name, line);
      case 'commit':
        return this.#commit();
      case 'chain':
      case 'rule':
        return this.#open === null ? this.#noteStray() : this.#open.table;
    }
  }

  /** The problems that are known only at the end of the file. */
  finish(lastLine: number): LineProblem[] {
    return this.#open === null ? [] : [{ line: lastLine, message: `table ${this.#open.name} has no COMMIT: iptables-restore wants one` }];
  }

  #begin(name: string, line: number): null {
    const open = this.#open;
    const earlier = this.#begun.get(name);
    const table = TABLES.find((known) => known === name) ?? null;
    this.#open = { name, line, table };
    this.#begun.set(name, line);
    if (open !== null) {
      throw new RuleError(`table ${open.name} of line ${open.line} has no COMMIT before this`);
    }
    if (earlier !== undefined) {
      throw new RuleError(`table ${name} was there in line ${earlier}: iptables-restore would forget what that says`);
    }
    if (table === null) {
      throw new RuleError(`unknown table "${name}"${didYouMean(name, TABLES)}: ${TABLES.join(', ')}`);
    }
    return null;
  }

  #commit(): null {
    if (this.#open === null) {
      throw new RuleError('COMMIT where no table is open');
    }
    this.#open = null;
    return null;
  }

  /** Reports only the first line outside of tables: a file without any table has many such lines. */
  #noteStray(): null {
    if (this.#hasStray) {
      return null;
    }
    this.#hasStray = true;
    throw new RuleError('this line is in no table: put *filter before it, and COMMIT at the end');
  }
}
