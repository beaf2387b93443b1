// Gives the same lines to loopfw and to iptables.
import type { Rule } from '../../../src/model/rule.js';
import { RuleError } from '../../../src/rules/errors.js';
import { printRule } from '../../../src/rules/rule/print.js';
import { isSameRule } from '../../../src/rules/rule/same.js';
import { parseSave } from '../../../src/rules/save/parse-save.js';
import type { Environment } from '../save/run-restores.js';
import type { Line } from './lines.js';
import { type Read, readLine } from './loopfw-reader.js';
import { type File, loadEach, loadFiles } from './run-programs.js';

export interface Difference {
  environment: Environment;
  line: Line;
  /**
   * other meaning: iptables-save shows another rule than loopfw has read. other words: iptables-save writes the line otherwise than what
   * loopfw prints for it, and loopfw takes both for the same.
   */
  kind: 'loopfw refuses' | 'iptables refuses' | 'other meaning' | 'other words';
  /** What the program that refuses says, or both rules. */
  message: string;
}

export interface Comparison {
  differences: Difference[];
  /** How many lines both take, and how many both refuse. */
  taken: number;
  refused: number;
}

/** The lines of a table, which are loaded as one file. */
type Batch = Read[];

const BATCH = 60;

/** Has each line read by loopfw and by iptables-restore, and those that both take by loopfw again as iptables-save writes them. */
export async function compare(lines: Line[], environment: Environment): Promise<Comparison> {
  const all = lines.map((line) => readLine(line, environment.family, environment.backend));
  const alone = all.filter(({ line, problem }) => problem !== null || line.isAlone === true);
  const together = all.filter((read) => !alone.includes(read));
  const answers = await loadEach(
    alone.map(({ line }) => line),
    environment,
  );
  const { batches, saves, refusals } = await loadTogether(together, environment);
  const differences = [...refusals];
  alone.forEach(({ line, problem }, index) => {
    const { isTaken, output } = answers[index] ?? { isTaken: false, output: '' };
    if (isTaken !== (problem === null)) {
      differences.push({ environment, line, ...(isTaken ? { kind: 'loopfw refuses', message: problem ?? '' } : refusal(output)) });
    }
  });
  const printed = await loadFiles(
    batches.map((batch) => toFile(batch, printRules)),
    environment,
  );
  batches.forEach((batch, index) =>
    differences.push(...compareSaves(batch, saves[index] ?? '', printed[index]?.output ?? '', environment)),
  );
  const refused = alone.filter(({ problem }, index) => problem !== null && answers[index]?.isTaken === false).length;
  const takenAlone = alone.filter(({ problem }, index) => problem === null && answers[index]?.isTaken === true).length;
  return { differences, taken: takenAlone + batches.flat().length, refused };
}

function refusal(output: string): Pick<Difference, 'kind' | 'message'> {
  return { kind: 'iptables refuses', message: output.split('\n').slice(0, 2).join(' ') };
}

interface Loaded {
  batches: Batch[];
  saves: string[];
  /** The lines that iptables refuses. */
  refusals: Difference[];
}

/** Loads lines that loopfw takes, many at once. If iptables refuses one of a file, each of the file is tried alone. */
async function loadTogether(all: Read[], environment: Environment): Promise<Loaded> {
  const batches = makeBatches(all);
  const answers = await loadFiles(
    batches.map((batch) => toFile(batch, ({ line }) => [line.text])),
    environment,
  );
  const refused = batches.filter((_, index) => answers[index]?.isTaken === false).flat();
  const loaded: Loaded = {
    batches: batches.filter((_, index) => answers[index]?.isTaken === true),
    saves: answers.filter(({ isTaken }) => isTaken).map(({ output }) => output),
    refusals: [],
  };
  if (refused.length === 0) {
    return loaded;
  }
  const single = await loadEach(
    refused.map(({ line }) => line),
    environment,
  );
  const good = refused.filter((_, index) => single[index]?.isTaken === true);
  if (good.length === refused.length) {
    throw new Error(`iptables refuses lines only together: ${answers.find(({ isTaken }) => !isTaken)?.output}`);
  }
  const refusals = refused.flatMap(({ line }, index): Difference[] => {
    const answer = single[index];
    return answer === undefined || answer.isTaken ? [] : [{ environment, line, ...refusal(answer.output) }];
  });
  const rest = await loadTogether(good, environment);
  return {
    batches: [...loaded.batches, ...rest.batches],
    saves: [...loaded.saves, ...rest.saves],
    refusals: [...refusals, ...rest.refusals],
  };
}

function makeBatches(all: Read[]): Batch[] {
  return [...groupBy(all, ({ line }) => line.table).values()].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / BATCH) }, (_, index) => some.slice(index * BATCH, (index + 1) * BATCH)),
  );
}

function toFile(batch: Batch, print: (read: Read) => string[]): File {
  return { table: batch[0]?.line.table ?? 'filter', lines: batch.flatMap(print) };
}

function printRules({ line, rules }: Read): string[] {
  return rules.map((rule) => `-A ${getChain(line)} ${printRule(rule)}`);
}

function getChain({ text }: Line): string {
  return /(?:-A|--append)[ \t]+"?([A-Za-z]+)/.exec(text)?.[1] ?? '';
}

/** @param printed what iptables-save wrote of what loopfw prints for the lines */
function compareSaves(batch: Batch, saved: string, printed: string, environment: Environment): Difference[] {
  return [...groupBy(batch, ({ line }) => getChain(line))].flatMap(([chain, reads]) => {
    const [lines, own] = [saved, printed].map((text) => text.split('\n').filter((line) => `${line} `.startsWith(`-A ${chain} `)));
    const expected = reads.flatMap(({ line, rules }) => rules.map((rule) => ({ line, rule })));
    if (lines?.length !== expected.length || own?.length !== expected.length) {
      throw new Error(
        `${expected.length} rules were read, ${lines?.length} saved: ${reads.map(({ line }) => line.text).join('\n')}\n${printed}`,
      );
    }
    return expected.flatMap(({ line, rule }, place): Difference[] => {
      const difference = compareRule(rule, lines[place] ?? '', own[place] ?? '', environment);
      return difference === null ? [] : [{ environment, line, ...difference }];
    });
  });
}

function compareRule(rule: Rule, saved: string, printed: string, { family }: Environment): Pick<Difference, 'kind' | 'message'> | null {
  const both = `saved as ${saved}, loopfw has ${printRule(rule)}`;
  if (!isReadAs(rule, saved, family) || !isReadAs(rule, printed, family)) {
    return { kind: 'other meaning', message: `${both}, which is saved as ${printed}` };
  }
  return saved === printed ? null : { kind: 'other words', message: both };
}

function isReadAs(rule: Rule, saved: string, family: Environment['family']): boolean {
  const chain = saved.split(' ')[1] ?? '';
  try {
    const [read] = parseSave(`*filter\n:${chain} - [0:0]\n[0:0] ${saved}\nCOMMIT\n`, family).flatMap(({ rules }) => rules);
    return read !== undefined && isSameRule(read.rule, rule);
  } catch (error) {
    if (error instanceof RuleError) {
      return false;
    }
    throw error;
  }
}

function groupBy<Item>(items: Item[], getKey: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(getKey(item)) ?? [];
    group.push(item);
    groups.set(getKey(item), group);
  }
  return groups;
}
