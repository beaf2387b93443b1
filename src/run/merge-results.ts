import type { Environment, Result } from '../model/result.js';
import { orderRuns } from './order-runs.js';
import { summarize } from './summarize.js';

/**
 * One result document of the parts of a suite, with the scenarios in the order of a whole run as far as it can be known. Its duration is that of
 * the longest part, for parts run side by side; where they ran on different machines its environment names all that there were.
 * @param results one at least
 */
export function mergeResults(results: Result[]): Result {
  const scenarios = orderRuns(results.map((result) => result.scenarios));
  return {
    version: 1,
    aborted: results.some(({ aborted }) => aborted),
    environment: mergeEnvironments(results.map(({ environment }) => environment)),
    summary: summarize(scenarios, Math.max(...results.map(({ summary }) => summary.durationMs))),
    scenarios,
  };
}

function mergeEnvironments(environments: Environment[]): Environment {
  const list = (key: 'loopfw' | 'node' | 'kernel' | 'iptables') => listDistinct(environments.map((environment) => environment[key]));
  return {
    loopfw: list('loopfw'),
    node: list('node'),
    kernel: list('kernel'),
    iptables: list('iptables') || null,
    rootless: environments.some(({ rootless }) => rootless),
  };
}

/** What has been merged already names several. */
function listDistinct(values: (string | null)[]): string {
  return [...new Set(values.flatMap((value) => value?.split(', ') ?? []))].join(', ');
}
