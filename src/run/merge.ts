import type { Environment, Result, ScenarioResult } from '../model/result.js';
import { sumCoverage, summarize } from './runs.js';

interface Placed {
  run: ScenarioResult;
  /** The index of the document, and the index of the run in it. */
  document: number;
  place: number;
}

/**
 * Merges the results of parts of a suite into one result document. The scenarios have the order of a complete run, as far as it is known.
 * The duration is that of the longest part, because parts run in parallel. The environment lists all values if the parts ran on different
 * machines.
 * @param results at least one
 */
export function mergeResults(results: Result[]): Result {
  const scenarios = orderRuns(results.map((result) => result.scenarios));
  const coverage = results.every((result) => result.coverage !== undefined) ? sumCoverage(scenarios) : null;
  return {
    version: 1,
    aborted: results.some(({ aborted }) => aborted),
    // Texts of this form are in the order of time.
    startedAt: results.map(({ startedAt }) => startedAt).sort()[0] ?? '',
    argv: getCommon(results.map(({ argv }) => argv)) ?? [],
    root: getCommon(results.map(({ root }) => root)),
    environment: mergeEnvironments(results.map(({ environment }) => environment)),
    summary: summarize(scenarios, Math.max(...results.map(({ summary }) => summary.durationMs))),
    scenarios,
    ...(coverage === null ? {} : { coverage }),
  };
}

/** The value that all have; null if they differ. */
function getCommon<Value>(values: Value[]): Value | null {
  const texts = new Set(values.map((value) => JSON.stringify(value)));
  return texts.size === 1 ? (values[0] ?? null) : null;
}

function mergeEnvironments(environments: Environment[]): Environment {
  const list = (key: 'loopfw' | 'node' | 'kernel' | 'iptables') => listDistinct(environments.map((environment) => environment[key]));
  return {
    loopfw: list('loopfw'),
    node: list('node'),
    kernel: list('kernel'),
    iptables: list('iptables') || null,
    rootless: environments.some(({ rootless }) => rootless),
  };
}

/** A merged document already has several values in one text. */
function listDistinct(values: (string | null)[]): string {
  return [...new Set(values.flatMap((value) => value?.split(', ') ?? []))].join(', ');
}

/**
 * Orders the runs of several documents as in a complete run, as far as it is known:
 * - files in the order of the documents, otherwise by path
 * - the scenarios of a file by the position of their first probe
 * - the runs of a scenario with nft before legacy, unless one document has both
 * The result does not depend on the order of the documents.
 */
function orderRuns(documents: ScenarioResult[][]): ScenarioResult[] {
  const files = new Map(orderFiles(documents.map((runs) => runs.map(({ file }) => file))).map((file, place) => [file, place]));
  const getFile = ({ run }: Placed) => files.get(run.file) ?? 0;
  return documents
    .flatMap((runs, document) => runs.map((run, place): Placed => ({ run, document, place })))
    .sort((a, b) => getFile(a) - getFile(b) || compareInFile(a, b))
    .map(({ run }) => run);
}

function compareInFile(a: Placed, b: Placed): number {
  if (a.document === b.document) {
    return a.place - b.place;
  }
  const [first, second] = [getStart(a.run), getStart(b.run)];
  return first.line - second.line || first.column - second.column || compareText(b.run.backend, a.run.backend);
}

function getStart({ probes }: ScenarioResult): { line: number; column: number } {
  return probes.reduce(
    (first, { line, column }) => (line < first.line || (line === first.line && column < first.column) ? { line, column } : first),
    {
      line: Infinity,
      column: Infinity,
    },
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Merges lists of files into one list without duplicates. Each list has some of the files, in one common but unknown order.
 * A file comes after all files that precede it in any list. If several files are possible, or the lists contradict each other, the smallest
 * path comes first.
 */
export function orderFiles(lists: string[][]): string[] {
  const befores = new Map<string, Set<string>>();
  for (const list of lists) {
    const files = [...new Set(list)];
    for (const [place, file] of files.entries()) {
      const before = befores.get(file) ?? new Set();
      befores.set(file, place === 0 ? before : before.add(files[place - 1] ?? ''));
    }
  }
  const waiting = new Set([...befores.keys()].sort());
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const free = [...waiting].find((file) => ![...(befores.get(file) ?? [])].some((before) => waiting.has(before)));
    const next = free ?? [...waiting][0] ?? '';
    waiting.delete(next);
    ordered.push(next);
  }
  return ordered;
}
