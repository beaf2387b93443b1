import type { Coverage } from '../report/get-coverage.js';
import { listUnreached } from '../report/list-unreached.js';
import { countNoun } from '../words/phrases.js';

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
