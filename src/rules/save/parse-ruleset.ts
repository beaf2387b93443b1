import type { Entry, Family, Table } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { checkRuleSet } from '../chains/check.js';
import { RuleError } from '../errors.js';
import { parseWords } from '../language/parse-arguments.js';
import { assertPrintable, splitRestoreWords } from '../quoting.js';
import { isBuiltInChain } from '../tables.js';
import { assertRestorable, hasWrongEnd, readSaveLine, type SaveLine } from './line.js';
import { type LineProblem, SectionReader } from './sections.js';

/** The longest line: iptables-restore has a line buffer of 10240 bytes. */
const LONGEST_LINE = 10_239;

const CARRIAGE_RETURN =
  'the line ends with a carriage return (CRLF), which iptables-restore takes for a part of the last word: convert the file, for example with dos2unix';
const COMMIT_WITHOUT_END = 'iptables-legacy-restore does not read a last COMMIT without a line end: end the line';

/** The same as ruleName in schema/scenario.json. */
const NAME = /^(?=.{1,100}$)[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$/;

export interface ParsedRuleset {
  rules: ScenarioRule[];
  /** Sorted by line. */
  problems: LineProblem[];
  /** What only the legacy back end refuses. */
  legacyProblems: LineProblem[];
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
 * @param file the path of the file in messages
 */
export function parseRuleset(text: string, family: Family, file: string): ParsedRuleset {
  const problems: LineProblem[] = [];
  const items: Item[] = [];
  const sections = new SectionReader();
  const lines = text.split('\n');
  const returned = lines.findIndex(hasWrongEnd);
  if (returned !== -1) {
    problems.push({ line: returned + 1, message: CARRIAGE_RETURN });
  }
  for (const [place, written] of lines.entries()) {
    const line = place + 1;
    try {
      const read = readLine(written.replace(/\r$/, ''));
      const table = sections.read(read, line);
      if (table !== null && (read.kind === 'chain' || read.kind === 'rule') && !hasNoEffect(read, table)) {
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
  return {
    rules: nameRules(toRules(items, file)),
    problems: problems.sort((a, b) => a.line - b.line),
    legacyProblems: lines.at(-1) === 'COMMIT' ? [{ line: lines.length, message: COMMIT_WITHOUT_END }] : [],
  };
}

function readLine(written: string): SaveLine {
  if (written.length > LONGEST_LINE) {
    throw new RuleError(`the line has ${written.length} characters: iptables-restore reads ${LONGEST_LINE}`);
  }
  assertRestorable(written);
  return readSaveLine(written);
}

/** Whether a line changes nothing: a built-in chain with the policy "-" keeps its policy. */
function hasNoEffect(read: Content, table: Table): boolean {
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
  const words = splitRestoreWords(showCommand(read));
  for (const word of words) {
    assertPrintable(word);
  }
  if (words.some((word) => /^(?:-t|--table(?:=.*)?)$/.test(word))) {
    throw new RuleError(`-t does not go into a file: this line is in table ${table}`);
  }
  const wait = words.find((word) => /^(?:-w\d*|--wait(?:=.*)?)$/.test(word));
  if (wait !== undefined) {
    throw new RuleError(`${wait} does not go into a file: it is an option of iptables-restore`);
  }
  return withoutTrace(parseWords(family, ['-t', table, ...words], true));
}

/**
 * Leaves out the target TRACE, because loopfw places its own. The rule stays: it counts packets, and the places of other rules depend on it.
 */
export function withoutTrace(entry: Entry): Entry {
  if (!('rules' in entry) || entry.rules[0]?.target?.name !== 'TRACE') {
    return entry;
  }
  return { ...entry, rules: entry.rules.map((rule) => ({ ...rule, target: null })) };
}

function toRules(items: Item[], file: string): ScenarioRule[] {
  let count = 0;
  return items.flatMap(({ line, text, entry }) => {
    const index = entry !== null && 'rules' in entry ? count++ : null;
    return entry === null ? [] : [{ index, name: null, text, file, line, backend: null, entries: [entry] }];
  });
}

function checkItems(items: Item[]): LineProblem[] {
  const getLine = (place: number) => items[place]?.line ?? 1;
  const entries = items.map(({ entry }) => (entry === null ? null : [entry]));
  const found = checkRuleSet(entries, (place) => `line ${getLine(place)}`);
  return found.map(({ index, message }) => ({ line: getLine(index), message }));
}

/** Gives a rule its comment as name, if the comment is a valid name and no other rule has it. */
export function nameByComments<Rule>(rules: Rule[], getComment: (rule: Rule) => string | null): (Rule & { name: string | null })[] {
  const comments = rules.map(getComment);
  const counts = new Map<string | null, number>();
  for (const comment of comments) {
    counts.set(comment, (counts.get(comment) ?? 0) + 1);
  }
  return rules.map((rule, place) => {
    const comment = comments[place] ?? null;
    return { ...rule, name: comment !== null && counts.get(comment) === 1 && NAME.test(comment) ? comment : null };
  });
}

/** Gives rules the names that are their comments. */
export function nameRules(rules: ScenarioRule[]): ScenarioRule[] {
  return nameByComments(rules, getComment);
}

/** The comment that a rule has by -m comment. */
function getComment({ entries }: ScenarioRule): string | null {
  const [entry] = entries;
  const [rule] = entry !== undefined && 'rules' in entry ? entry.rules : [];
  return rule?.matches.find(({ name }) => name === 'comment')?.options[0]?.values[0] ?? null;
}
