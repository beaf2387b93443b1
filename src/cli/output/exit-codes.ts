import type { Result } from '../../model/result.js';

/**
 * 0 all passed · 1 failed or inconclusive · 2 usage or scenario error, or no probe · 3 this machine cannot run it · 4 internal error.
 * 128+n: ended by signal n.
 */
export const EXIT_CODES = { passed: 0, failed: 1, usage: 2, environment: 3, internal: 4 } as const;

/**
 * The exit code of a run: the highest of those of its errors and verdicts. A run without a probe is a usage error.
 *
 * @param countsWarnings whether a warning counts as a failure (--strict)
 */
export function getExitCode({ summary, scenarios }: Result, countsWarnings: boolean): number {
  const codes = scenarios.map(({ error }) => (error === null ? EXIT_CODES.passed : EXIT_CODES[error.code]));
  const isCountedWrong = scenarios.some(({ counters }) => counters.some(({ status }) => status === 'failed'));
  const verdict =
    summary.failed + summary.inconclusive + (countsWarnings ? summary.warnings : 0) > 0 || isCountedWrong
      ? EXIT_CODES.failed
      : EXIT_CODES.passed;
  // A probe that could not be made, in a scenario that went on, is an internal error.
  const isBroken = scenarios.some(({ error, probes }) => error === null && probes.some(({ status }) => status === 'error'));
  return Math.max(verdict, isBroken ? EXIT_CODES.internal : 0, summary.probes === 0 ? EXIT_CODES.usage : 0, ...codes);
}
