import type { Reporter } from './reporter.js';
/**
 * For test harnesses: TAP 14 with a point a scenario and its probes as subtests; or TAP 13, which knows no subtests, with a point a probe.
 * https://testanything.org/tap-version-14-specification.html
 */
export declare const reportTap: Reporter;
