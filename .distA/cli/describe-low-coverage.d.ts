import type { Coverage } from '../report/get-coverage.js';
/** One line that says what was expected, what was observed, and which rules are to blame; null where coverage is enough. */
export declare function describeLowCoverage(coverage: Coverage, expectedPercent: number): string | null;
