import { loadResults, type ResultFile } from '../../input/load-results.js';
import type { Environment } from '../../model/result.js';
import { mergeResults } from '../../run/merge.js';
import { makeHarmless } from '../../words/harmless.js';
import { assertCoverageFile, checkCoverage, writeCoverageFile } from '../output/coverage.js';
import { EXIT_CODES, getExitCode } from '../output/exit-codes.js';
import { assertWritable, getDetail, type HumanOptions, parseReporters, writeReports } from '../output/reports.js';
import { isStrict } from '../output/switches.js';

export interface MergeCommandOptions extends HumanOptions {
  reporter?: string[];
  coverage?: boolean;
  minCoverage?: number;
  coverageFile?: string;
  strict?: boolean;
}

/** The values that must be equal in all parts of a run. For iptables it is the version only: the back end depends on the scenario. */
const ASPECTS: Record<keyof Environment, (environment: Environment) => string | null> = {
  loopfw: ({ loopfw }) => loopfw,
  node: ({ node }) => node,
  kernel: ({ kernel }) => kernel,
  iptables: ({ iptables }) => (iptables === null ? null : [...new Set(iptables.replaceAll(/ \(\w+\)/g, '').split(', '))].join(', ')),
  rootless: ({ rootless }) => String(rootless),
};

/** `loopfw merge`: makes one report of the parts of a run. Returns the exit code that one run would have returned. */
export async function mergeCommand(
  paths: string[],
  { reporter, coverage, minCoverage, coverageFile, strict, ...detail }: MergeCommandOptions,
  hasColors: boolean,
): Promise<number> {
  const requests = parseReporters(reporter ?? [], process.env);
  await assertWritable(requests);
  await assertCoverageFile(coverageFile);
  const documents = await loadResults(paths);
  const result = mergeResults(documents.map((document) => document.result));
  for (const line of [...describeDifferences(documents), ...documents.flatMap(describeAbort)]) {
    process.stderr.write(`loopfw: ${line}\n`);
  }
  await writeReports(result, requests, hasColors, {
    ...getDetail(detail),
    countsWarnings: isStrict(strict),
    listsCoverage: coverage ?? false,
  });
  await writeCoverageFile(result, coverageFile);
  // The scenarios that an aborted part left out have not passed. The document of the part does not name the signal that ended it.
  return Math.max(getExitCode(result, isStrict(strict)), result.aborted ? EXIT_CODES.failed : checkCoverage(result, minCoverage));
}

function describeAbort({ file, result }: ResultFile): string[] {
  return result.aborted ? [makeHarmless(`${file} was aborted: what had not finished is left out`)] : [];
}

/** One line for each value of the environment that differs: `kernel differs: 6.1.0 in a.json and b.json, 6.2.0 in c.json`. */
function describeDifferences(documents: ResultFile[]): string[] {
  return Object.entries(ASPECTS).flatMap(([aspect, getValue]) => {
    const files = new Map<string, string[]>();
    for (const { file, result } of documents) {
      const value = getValue(result.environment);
      if (value !== null) {
        files.set(value, [...(files.get(value) ?? []), file]);
      }
    }
    const parts = [...files].map(([value, names]) => `${value} in ${names.join(' and ')}`);
    return parts.length < 2 ? [] : [makeHarmless(`${aspect} differs: ${parts.join(', ')}`)];
  });
}
