import type { Backend } from '../../model/result.js';
import type { Entry, Family, Table } from '../../model/rule.js';
import type { ScenarioRule } from '../../model/scenario.js';
import { RuleError } from '../errors.js';
import { parseWords } from '../language/parse-arguments.js';
import { assertPrintable, quoteShellWord, splitRestoreWords } from '../quoting.js';
import { BUILT_IN_CHAINS, TABLES } from '../tables.js';
import { nameRules, type ParsedRuleset, withoutTrace } from './parse-ruleset.js';
import { getBaseName } from '../../words/rule-name.js';
import type { LineProblem } from './sections.js';
import { readShellCommand } from './shell-command.js';
import { splitShellScript } from './shell.js';
import { type Flush, readUpkeep } from './upkeep.js';

const PROGRAM = /^(?:[\w./-]*\/)?(?<name>ip(?<six>6?)tables(?:-(?<backend>nft|legacy))?)$/;
/** Where a scenario has what other programs do. */
const ELSEWHERE: [program: RegExp, advice: string][] = [
  [/^ip6?tables(?:-nft|-legacy)?-restore$/, 'name the file that it reads in "ruleset"'],
  [/^nft$/, 'write its rules to a file of their own, and name that in "ruleset" too'],
  [/^ipset$/, 'leave the line out; the sets are in the "ipsets" of the scenario'],
  [/^sysctl$/, 'leave the line out; sysctls are in the "sysctl" of the scenario'],
  [/^ip$/, 'leave the line out; addresses, routes and rules for routing are in the scenario ("interfaces", "routes", "ipRules")'],
];

/** Single commands, in their order. Whether their chains exist is not known: files before this one may have made some. */
export interface ParsedScript extends Pick<ParsedRuleset, 'rules' | 'problems'> {
  flushes: Flush[];
}

interface Item {
  line: number;
  text: string;
  backend: Backend | null;
  entry: Entry;
}

/** A command of iptables in a file. */
interface Given {
  line: number;
  family: Family;
  backend: Backend | null;
  words: string[];
  text: string;
}

/**
 * Reads a shell script of plain iptables lines, or what `iptables -S` writes. Every line that needs a shell, or that loopfw does not
 * support, is a problem.
 * @param family the family of lines that name no program
 * @param file the path of the file in messages
 */
export function parseScript(text: string, family: Family, file: string): ParsedScript {
  const { given, problems } = isListing(text) ? readListing(text, family) : readScript(text);
  const flushes: Flush[] = [];
  let items: Item[] = [];
  for (const command of given) {
    try {
      const upkeep = readUpkeep(command.words);
      if (upkeep !== null && upkeep.of !== 'list') {
        const { line, family, backend } = command;
        const flush: Flush = { ...upkeep, line, family, backend };
        flushes.push(flush);
        items = items.filter((item) => !isRemoved(item, flush));
      } else if (upkeep === null) {
        items.push({ line: command.line, text: command.text, backend: command.backend, entry: readEntry(command) });
      }
    } catch (error) {
      problems.push(toProblem(error, command.line));
    }
  }
  return { rules: nameRules(toRules(items, file)), problems: problems.sort((a, b) => a.line - b.line), flushes };
}

/** Whether no line names a program. */
function isListing(text: string): boolean {
  return /^\s*-/.test(text.replace(/^(?:[ \t]*#.*)?\n/gm, ''));
}

/** Reads what `iptables -S` writes. It does not name the table, but lists the built-in chains of the table first. */
function readListing(text: string, family: Family): { given: Given[]; problems: LineProblem[] } {
  const given: Given[] = [];
  const problems: LineProblem[] = [];
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const seen = new Set<Table>();
  let table: Table = 'filter';
  for (const [place, line] of lines.entries()) {
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    if (isPolicy(line) && !isPolicy(lines[place - 1])) {
      table = findTable(lines.slice(place), seen);
      seen.add(table);
    }
    try {
      const words = splitRestoreWords(line);
      const own = table === 'filter' || words.includes('-t') ? words : ['-t', table, ...words];
      given.push({ line: place + 1, family, backend: null, words: own, text: own.map(quoteShellWord).join(' ') });
    } catch (error) {
      problems.push(toProblem(error, place + 1));
    }
  }
  return { given, problems };
}

function isPolicy(line: string | undefined): boolean {
  return line?.startsWith('-P ') ?? false;
}

/** Targets that are no targets of the table filter. */
const SECURITY_TARGETS = /\s(?:-j|--jump)\s+(?:CONN)?SECMARK\b/;

/**
 * The table whose built-in chains have the policies at the beginning of these lines. filter and security have the same chains: a second listing
 * with them is that of security, and so is one with a target of security alone. Otherwise it is filter.
 * @param seen the tables of the listings before
 */
function findTable(lines: string[], seen: ReadonlySet<Table>): Table {
  const end = lines.findIndex((line) => !isPolicy(line));
  const chains = lines.slice(0, end < 0 ? undefined : end).map((line) => line.split(' ')[1] ?? '');
  const next = lines.findIndex((line, place) => place > chains.length && isPolicy(line));
  const rules = lines.slice(chains.length, next < 0 ? undefined : next);
  const isSecurity = seen.has('filter') || rules.some((line) => SECURITY_TARGETS.test(line));
  const possible = TABLES.filter((table) => {
    const own: string[] = BUILT_IN_CHAINS[table];
    return own.length === chains.length && own.every((chain) => chains.includes(chain));
  });
  return (isSecurity ? possible.at(-1) : possible[0]) ?? 'filter';
}

function readScript(text: string): { given: Given[]; problems: LineProblem[] } {
  const { commands, problems: found } = splitShellScript(text);
  const problems: LineProblem[] = [...found];
  const given: Given[] = [];
  for (const { line, words } of commands) {
    try {
      const read = readShellCommand(words);
      if (read === 'end') {
        return { given, problems: problems.filter((problem) => problem.line <= line) };
      }
      if (read !== 'nothing') {
        given.push({ line, ...readProgram(read) });
      }
    } catch (error) {
      problems.push(toProblem(error, line));
    }
  }
  return { given, problems };
}

function readProgram({ program, args }: { program: string; args: string[] }): Omit<Given, 'line'> {
  const groups = PROGRAM.exec(program)?.groups;
  if (groups === undefined) {
    const name = getBaseName(program);
    const advice = ELSEWHERE.find(([known]) => known.test(name))?.[1] ?? 'leave the line out';
    throw new RuleError(`"${program}" is no iptables command, and loopfw runs no other program of a script: ${advice}`);
  }
  const { name = '', six, backend } = groups;
  const words = name === 'iptables' ? args : [name, ...args];
  return {
    family: six === '6' ? 'ipv6' : 'ipv4',
    backend: backend === 'nft' || backend === 'legacy' ? backend : null,
    words: args,
    text: words.map(quoteShellWord).join(' '),
  };
}

/** @throws RuleError if it is not known whether both are of the same back end */
function isRemoved({ line, entry, backend }: Item, flush: Flush): boolean {
  const isMeant = flush.of === 'rules' ? 'rules' in entry : entry.kind === 'new-chain';
  const isThere = entry.family === flush.family && entry.table === flush.table;
  if (!isMeant || !isThere || (flush.chain !== null && flush.chain !== entry.chain)) {
    return false;
  }
  if (backend !== flush.backend && (backend === null || flush.backend === null)) {
    throw new RuleError(
      `one of this line and line ${line} says only iptables, the other names its back end: write iptables-nft or iptables-legacy in both`,
    );
  }
  return backend === flush.backend;
}

function readEntry({ family, words }: Given): Entry {
  for (const word of words) {
    assertPrintable(word);
  }
  return withoutTrace(parseWords(family, words, true));
}

function toRules(items: Item[], file: string): ScenarioRule[] {
  let count = 0;
  return items.map(({ line, text, backend, entry }) => {
    const index = 'rules' in entry ? count++ : null;
    return { index, name: null, text, file, line, backend, entries: [entry] };
  });
}

function toProblem(error: unknown, line: number): LineProblem {
  if (!(error instanceof RuleError)) {
    throw error;
  }
  return { line, message: error.message };
}
