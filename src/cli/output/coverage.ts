import type { Result } from '../../model/result.js';
import { type Coverage, getCoverage, listUnreached } from '../../report/shared/coverage.js';
import { countNoun } from '../../words/phrases.js';
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

/** One line with the expected and the observed coverage, and the rules that no probe reached; null where coverage is enough. */
export function describeLowCoverage(coverage: Coverage, expectedPercent: number): string | null {
  const { percent, reached, counted } = coverage;
  if (percent >= expectedPercent) {
    return null;
  }
  // Rounded down: otherwise 79.96 would be shown as 80.0, and reported as less than 80.0.
  const observed = Math.floor(percent * 10) / 10;
  const unreached = listUnreached(coverage).join(' · ');
  return `rule coverage: expected at least ${expectedPercent} %, observed ${observed} % (${reached} of ${countNoun(counted, 'rule')}); no probe reached ${unreached}`;
}
