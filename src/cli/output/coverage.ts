import type { Result } from '../../model/result.js';
import { reportLcov } from '../../report/ci/lcov.js';
import { type Coverage, getCoverage } from '../../report/shared/coverage.js';
import { countNoun } from '../../words/phrases.js';
import { EXIT_CODES } from './exit-codes.js';
import { writeWhole } from './files.js';
import { assertFileWritable } from './reports.js';

/** The exit code of --min-coverage. Coverage that is too low is reported on standard error. */
export function checkCoverage(result: Result, minCoverage: number | undefined): number {
  const problem = minCoverage === undefined ? null : describeLowCoverage(getCoverage(result), minCoverage);
  if (problem === null) {
    return EXIT_CODES.passed;
  }
  process.stderr.write(`loopfw: ${problem}\n`);
  return EXIT_CODES.failed;
}

/** One line with the expected and the observed coverage; null where coverage is enough. */
export function describeLowCoverage(coverage: Coverage, expectedPercent: number): string | null {
  const { percent, reached, missing, unknown } = coverage;
  if (percent >= expectedPercent) {
    return null;
  }
  // Rounded down: otherwise 79.96 would be shown as 80.0, and reported as less than 80.0.
  const observed = Math.floor(percent * 10) / 10;
  const rules = `${countNoun(reached + missing + unknown, 'rule')} that a probe can reach`;
  return `rule coverage: expected at least ${expectedPercent} %, observed ${observed} % (${reached} of ${rules}); --coverage lists the others`;
}

/** Checks, before a long run, that the file of --coverage-file can be written. @throws UsageError where it cannot */
export async function assertCoverageFile(file: string | undefined): Promise<void> {
  await (file === undefined ? null : assertFileWritable(file));
}

/** Writes the file of --coverage-file. @throws UsageError or EnvironmentError */
export async function writeCoverageFile(result: Result, file: string | undefined): Promise<void> {
  await (file === undefined ? null : writeWhole(file, [reportLcov(result)]));
}
