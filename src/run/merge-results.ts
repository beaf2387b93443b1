import type { Environment, Result } from '../model/result.js';
import { orderRuns } from './order-runs.js';
import { summarize } from './summarize.js';

/**
 * Merges the results of parts of a suite into one result document. The scenarios have the order of a complete run, as far as it is known.
 * The duration is that of the longest part, because parts run in parallel. The environment lists all values if the parts ran on different
 * machines.
 * @param results at least one
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

/** A merged document already has several values in one text. */
function listDistinct(values: (string | null)[]): string {
  return [...new Set(values.flatMap((value) => value?.split(', ') ?? []))].join(', ');
}
