import type { Result } from '../model/result.js';
import { getCoverage } from '../report/get-coverage.js';
import { describeLowCoverage } from './describe-low-coverage.js';
import { EXIT_CODES } from './exit-codes.js';

/** The exit code of --min-coverage. Coverage that is too low is reported on standard error. */
export function checkCoverage(result: Result, minCoverage: number | undefined): number {
  const problem = minCoverage === undefined ? null : describeLowCoverage(getCoverage(result), minCoverage);
  if (problem === null) {
    return EXIT_CODES.passed;
  }
  process.stderr.write(`loopfw: ${problem}\n`);
  return EXIT_CODES.failed;
}
