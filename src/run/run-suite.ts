import { release } from 'node:os';
import { InternalError } from '../errors.js';
import type { Patience } from '../model/plan.js';
import type { Result, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { launchSandbox } from '../sandbox/launch.js';
import { getVersion } from './get-version.js';
import { runScenario } from './run-scenario.js';
import { summarize } from './summarize.js';

export interface RunOptions {
  /** default: proof */
  patience?: Patience;
  /** Ends the run early: the result is then marked aborted and leaves out what had not finished. */
  signal?: AbortSignal;
  /** Called as each scenario ends. */
  onScenario?: (result: ScenarioResult) => void;
}

/**
 * Runs scenarios one after the other, in one sandbox, and gives the result document (schema/result.json).
 * @throws EnvironmentError where this machine cannot make a sandbox · InternalError where the sandbox died at its start
 */
export async function runSuite(scenarios: Scenario[], { patience = 'proof', signal, onScenario }: RunOptions = {}): Promise<Result> {
  const started = performance.now();
  const sandbox = await launchSandbox();
  const abort = () => void sandbox.end(new InternalError('aborted'));
  signal?.addEventListener('abort', abort, { once: true });
  const results: ScenarioResult[] = [];
  let iptables: string | null = null;
  try {
    for (const scenario of scenarios) {
      const run = signal?.aborted ? null : await runScenario(scenario, sandbox.session, patience);
      if (run === null || signal?.aborted) {
        break;
      }
      iptables ??= run.iptables;
      results.push(run.result);
      onScenario?.(run.result);
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await sandbox.end();
  }
  return {
    version: 1,
    aborted: signal?.aborted ?? false,
    environment: { loopfw: getVersion(), node: process.version, kernel: release(), iptables, rootless: sandbox.rootless },
    summary: summarize(results, Math.round((performance.now() - started) * 1000) / 1000),
    scenarios: results,
  };
}
