import type { Entry, Family, Table } from '../model/rule.js';
import type { ScenarioRule } from '../model/scenario.js';
import { assertPrintable } from './assert-printable.js';
import { checkRuleSet } from './check-rule-set.js';
import { nameByComments } from './name-by-comments.js';
import { parseArguments } from './parse-arguments.js';
import { readSaveLine, type SaveLine } from './read-save-line.js';
import { RuleError } from './rule-error.js';
import { isBuiltInChain } from './rule-names.js';
import { SectionReader, type RulesetProblem } from './section-reader.js';
import { splitRestoreWords } from './split-restore-words.js';
import { clearHostBits } from './values/prefix.js';

/** The longest line: iptables-restore has a line buffer of 10240 bytes. */
const LONGEST_LINE = 10_239;

const ADDRESS_FLAGS = ['-s', '--source', '--src', '-d', '--destination', '--dst'];

export interface ParsedRuleset {
  rules: ScenarioRule[];
  /** Sorted by line. */
  problems: RulesetProblem[];
}

/** A line with a chain or a rule. */
interface Item {
  line: number;
  text: string;
  /** null if the line could not be read. */
  entry: Entry | null;
}

type Content = Extract<SaveLine, { kind: 'chain' | 'rule' }>;

/**
 * Reads a file that iptables-save(8) has written, or that a person has written for iptables-restore(8). Every line that is wrong, or that
 * loopfw does not support, is a problem. Rules are numbered from 0. Policies and chains have no number.
 */
export function parseRuleset(text: string, family: Family): ParsedRuleset {
  const problems: RulesetProblem[] = [];
  const items: Item[] = [];
  const sections = new SectionReader();
  const lines = text.split(/\r?\n/);
  for (const [place, written] of lines.entries()) {
    const line = place + 1;
    try {
      const read = readLine(written);
      const table = sections.read(read, line);
      if (table !== null && (read.kind === 'chain' || read.kind === 'rule') && !isNothing(read, table)) {
        const item: Item = { line, text: showLine(read, table), entry: null };
        items.push(item);
        item.entry = readEntry(read, family, table);
      }
    } catch (error) {
      if (!(error instanceof RuleError)) {
        throw error;
      }
      problems.push({ line, message: error.message });
    }
  }
  problems.push(...sections.finish(lines.length), ...checkItems(items));
  return { rules: nameByComments(toRules(items)), problems: problems.sort((a, b) => a.line - b.line) };
}

function readLine(written: string): SaveLine {
  if (written.length > LONGEST_LINE) {
    throw new RuleError(`the line has ${written.length} characters: iptables-restore reads ${LONGEST_LINE}`);
  }
  return readSaveLine(written.trim());
}

/** Whether a line changes nothing: a built-in chain with the policy "-" keeps its policy. */
function isNothing(read: Content, table: Table): boolean {
  return read.kind === 'chain' && read.policy === '-' && isBuiltInChain(table, read.name);
}

/** The iptables command with the same meaning as the line. */
function showCommand(read: Content): string {
  if (read.kind === 'rule') {
    return read.text;
  }
  return read.policy === '-' ? `-N ${read.name}` : `-P ${read.name} ${read.policy}`;
}

function showLine(read: Content, table: Table): string {
  return `${table === 'filter' ? '' : `-t ${table} `}${showCommand(read)}`;
}

function readEntry(read: Content, family: Family, table: Table): Entry {
  const words = clearAllHostBits(splitRestoreWords(showCommand(read)), family);
  for (const word of words) {
    assertPrintable(word);
  }
  if (words.some((word) => /^(?:-t|--table(?:=.*)?)$/.test(word))) {
    throw new RuleError(`-t does not go into a file: this line is in table ${table}`);
  }
  return parseArguments(family, () => ['-t', table, ...words].map((word) => ({ text: word, key: null })));
}

/**
 * Clears the bits below the prefix of addresses. A scenario's own rule is refused with such bits, but a server's rule set has worked with
 * them.
 */
function clearAllHostBits(words: string[], family: Family): string[] {
  return words.map((word, place) => {
    const isAddress = ADDRESS_FLAGS.includes(words[place - 1] ?? '');
    return isAddress && word.includes('/')
      ? word
          .split(',')
          .map((part) => clearHostBits(part, family))
          .join(',')
      : word;
  });
}

function toRules(items: Item[]): ScenarioRule[] {
  let count = 0;
  return items.flatMap(({ line, text, entry }) => {
    const index = entry !== null && 'rules' in entry ? count++ : null;
    return entry === null ? [] : [{ index, name: null, text, line, entries: [entry] }];
  });
}

function checkItems(items: Item[]): RulesetProblem[] {
  const getLine = (place: number) => items[place]?.line ?? 1;
  const entries = items.map(({ entry }) => (entry === null ? null : [entry]));
  const found = checkRuleSet(entries, (place) => `line ${getLine(place)}`);
  return found.map(({ index, message }) => ({ line: getLine(index), message }));
}
