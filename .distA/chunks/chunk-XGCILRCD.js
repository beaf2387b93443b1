import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);

// dist/cli/exit-codes.js
var EXIT_CODES = { passed: 0, failed: 1, usage: 2, environment: 3, internal: 4 };
function getExitCode({ summary, scenarios }) {
  const codes = scenarios.map(({ error }) => error === null ? EXIT_CODES.passed : EXIT_CODES[error.code]);
  const isCountedWrong = scenarios.some(({ counters }) => counters.some(({ status }) => status === "failed"));
  const verdict = summary.failed + summary.inconclusive > 0 || isCountedWrong ? EXIT_CODES.failed : EXIT_CODES.passed;
  const isBroken = scenarios.some(({ error, probes }) => error === null && probes.some(({ status }) => status === "error"));
  return Math.max(verdict, isBroken ? EXIT_CODES.internal : 0, summary.probes === 0 ? EXIT_CODES.usage : 0, ...codes);
}

export {
  EXIT_CODES,
  getExitCode
};
