import { release } from 'node:os';
import { InternalError } from '../errors.js';
import type { Capture } from '../model/capture.js';
import type { Patience } from '../model/plan.js';
import type { Backend, Result, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { launchSandbox, type Sandbox } from '../sandbox/launch.js';
import { assertCommandsAllowed } from './assert-commands-allowed.js';
import { getVersion } from './get-version.js';
import { listRuns } from './list-runs.js';
import { runScenario } from './run-scenario.js';
import { summarize } from './summarize.js';

export interface RunOptions {
  /** instead of the scenarios' own */
  backends?: Backend[] | undefined;
  /** default: proof */
  patience?: Patience;
  /** Ends the run early: the result is then marked aborted and leaves out what had not finished. */
  signal?: AbortSignal;
  /** Ends the run after the first scenario that does not pass: the result is whole as far as it goes, and not marked aborted. */
  bail?: boolean;
  /** Whether servers that are programs of the scenarios' own may run. They have the rights of an ordinary user, and of files what that user has. */
  allowCommands?: boolean;
  /** Where it is given, the packets of each scenario's probes are captured; called before onScenario, and waited for. */
  onCapture?: (capture: Capture, result: ScenarioResult) => void | Promise<void>;
  /** Called as each scenario ends. */
  onScenario?: (result: ScenarioResult) => void;
}

/**
 * Runs scenarios one after the other, in one sandbox, and gives the result document (schema/result.json). The sandbox starts while
 * scenarios that are a promise are still being read.
 * @throws whatever `reading` rejects with · SpecError for a command that is not allowed · EnvironmentError where this machine cannot make a sandbox · InternalError where the sandbox died at its start
 */
export async function runSuite(
  reading: Scenario[] | Promise<Scenario[]>,
  { backends, patience = 'proof', signal, bail = false, allowCommands = false, onCapture, onScenario }: RunOptions = {},
): Promise<Result> {
  const started = performance.now();
  const { scenarios, sandbox } = await prepare(allowCommands ? reading : readWithoutCommands(reading), signal);
  const abort = () => void sandbox?.end(new InternalError('aborted'));
  signal?.addEventListener('abort', abort, { once: true });
  const options = { patience, isCaptured: onCapture !== undefined };
  const results: ScenarioResult[] = [];
  let iptables: string | null = null;
  try {
    for (const { scenario, backend } of listRuns(scenarios, backends)) {
      const run = signal?.aborted || sandbox === null ? null : await runScenario(scenario, backend, sandbox.session, options);
      if (run === null || signal?.aborted) {
        break;
      }
      iptables ??= run.iptables;
      results.push(run.result);
      if (run.capture !== null) {
        await onCapture?.(run.capture, run.result);
      }
      onScenario?.(run.result);
      if (bail && run.result.status !== 'passed') {
        break;
      }
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await sandbox?.end();
  }
  return {
    version: 1,
    aborted: signal?.aborted ?? false,
    environment: {
      loopfw: getVersion(),
      node: process.version,
      kernel: release(),
      iptables,
      rootless: sandbox?.rootless ?? process.getuid?.() !== 0,
    },
    summary: summarize(results, Math.round((performance.now() - started) * 1000) / 1000),
    scenarios: results,
  };
}

async function readWithoutCommands(reading: Scenario[] | Promise<Scenario[]>): Promise<Scenario[]> {
  const scenarios = await reading;
  assertCommandsAllowed(scenarios);
  return scenarios;
}

/** Reads and launches side by side. What is wrong with the scenarios comes first: it is true on every machine. */
async function prepare(
  reading: Scenario[] | Promise<Scenario[]>,
  signal: AbortSignal | undefined,
): Promise<{ scenarios: Scenario[]; sandbox: Sandbox | null }> {
  const [scenarios, sandbox] = await Promise.allSettled([orNoneWhenAborted(reading, signal), launchSandbox({ signal })]);
  if (scenarios.status === 'fulfilled' && (sandbox.status === 'fulfilled' || signal?.aborted)) {
    return { scenarios: scenarios.value, sandbox: sandbox.status === 'fulfilled' ? sandbox.value : null };
  }
  if (sandbox.status === 'fulfilled') {
    await sandbox.value.end();
  }
  throw scenarios.status === 'rejected' ? scenarios.reason : (sandbox as PromiseRejectedResult).reason;
}

/** Standard input may never end: an abort ends the waiting for it. */
function orNoneWhenAborted(reading: Scenario[] | Promise<Scenario[]>, signal: AbortSignal | undefined): Promise<Scenario[]> {
  const aborted = new Promise<Scenario[]>((resolve) => signal?.addEventListener('abort', () => resolve([]), { once: true }));
  return Promise.race([reading, aborted]);
}
