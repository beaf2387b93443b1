import type { ScenarioResult } from '../model/result.js';
import { orderFiles } from './order-files.js';

interface Placed {
  run: ScenarioResult;
  /** The index of the document, and the index of the run in it. */
  document: number;
  place: number;
}

/**
 * Orders the runs of several documents as in a complete run, as far as it is known:
 * - files in the order of the documents, otherwise by path
 * - the scenarios of a file by the position of their first probe
 * - the runs of a scenario with nft before legacy, unless one document has both
 * The result does not depend on the order of the documents.
 */
export function orderRuns(documents: ScenarioResult[][]): ScenarioResult[] {
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
