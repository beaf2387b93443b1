/** 0 all passed · 1 failed or inconclusive · 2 usage or scenario error, or no probe · 3 the environment cannot run it · 4 internal error · 128+n signal. */
export const EXIT_CODES = { passed: 0, failed: 1, usage: 2, environment: 3, internal: 4 };
/** The highest of what happened. */
export function getExitCode({ summary, scenarios }) {
    const codes = scenarios.map(({ error }) => (error === null ? EXIT_CODES.passed : EXIT_CODES[error.code]));
    const isCountedWrong = scenarios.some(({ counters }) => counters.some(({ status }) => status === 'failed'));
    const verdict = summary.failed + summary.inconclusive > 0 || isCountedWrong ? EXIT_CODES.failed : EXIT_CODES.passed;
    // A probe that could not be made, in a scenario that went on: loopfw did not do its work.
    const isBroken = scenarios.some(({ error, probes }) => error === null && probes.some(({ status }) => status === 'error'));
    return Math.max(verdict, isBroken ? EXIT_CODES.internal : 0, summary.probes === 0 ? EXIT_CODES.usage : 0, ...codes);
}
