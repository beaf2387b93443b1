import type { ResultFile } from '../model/result-file.js';
import { mergeResults } from '../run/merge-results.js';
import { loadResults } from '../spec/load-results.js';
import { makeHarmless } from '../words/harmless.js';
import { checkCoverage } from './check-coverage.js';
import { describeDifferences } from './describe-differences.js';
import { EXIT_CODES, getExitCode } from './exit-codes.js';
import { parseReporters } from './parse-reporters.js';
import { assertWritable, writeReports } from './write-reports.js';

export interface MergeCommandOptions {
  reporter?: string[];
  minCoverage?: number;
}

/** `loopfw merge`: makes one report of the parts of a run. Returns the exit code that one run would have returned. */
export async function mergeCommand(paths: string[], { reporter, minCoverage }: MergeCommandOptions, hasColors: boolean): Promise<number> {
  const requests = parseReporters(reporter ?? [], process.env);
  await assertWritable(requests);
  const documents = await loadResults(paths);
  const result = mergeResults(documents.map((document) => document.result));
  for (const line of [...describeDifferences(documents), ...documents.flatMap(describeAbort)]) {
    process.stderr.write(`loopfw: ${line}\n`);
  }
  await writeReports(result, requests, hasColors);
  // The scenarios that an aborted part left out have not passed. The document of the part does not name the signal that ended it.
  return Math.max(getExitCode(result), result.aborted ? EXIT_CODES.failed : checkCoverage(result, minCoverage));
}

function describeAbort({ file, result }: ResultFile): string[] {
  return result.aborted ? [makeHarmless(`${file} was aborted: what had not finished is left out`)] : [];
}
