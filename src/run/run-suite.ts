import { availableParallelism, release } from 'node:os';
import { EnvironmentError, InternalError, UsageError } from '../errors.js';
import type { Capture } from '../model/capture.js';
import type { Patience } from '../model/plan.js';
import type { Backend, Result, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { launchSandbox, type Sandbox } from '../sandbox/launch.js';
import type { WorldClient } from '../sandbox/session-client.js';
import { assertAffordable } from './assert-affordable.js';
import { assertCommandsAllowed } from './assert-commands-allowed.js';
import { getVersion } from './get-version.js';
import { listRuns, type Run } from './list-runs.js';
import { runScenario, type ScenarioRun } from './run-scenario.js';
import { shareOut } from './share-out.js';
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
  /** Whether servers that are programs of the scenarios' own may run. They have the rights of an ordinary user, and of files what that user has. Only `true` allows it: what is read from elsewhere may be 'false'. */
  allowCommands?: boolean;
  /**
   * How many scenarios run at once, at the most; default: one for each processor, and up to four while processors have nothing to do. With
   * few file descriptors (ulimit -n) it is one for each 64 of them.
   */
  jobs?: number | undefined;
  /**
   * Where it is given, the packets of each scenario's probes are captured; called before onScenario, and waited for.
   * @param place of the scenario among all runs, from 0
   */
  onCapture?: (capture: Capture, result: ScenarioResult, place: number) => void | Promise<void>;
  /** Called as each scenario ends: in no certain order where several run at once. */
  onScenario?: (result: ScenarioResult) => void;
}

/**
 * A small scenario keeps its processor busy: more of them at once only get in each other's way (1,000 on two processors: 9.7 s by two, 10.7 s
 * by four). One with a client that waits does not (the project's own scenarios: 10.5 s by two, 6.1 s by four, 4.2 s by eight).
 */
const MOST_PER_PROCESSOR = 4;

/**
 * Runs scenarios in one sandbox, several at once, and gives the result document (schema/result.json), which has them in their own order.
 * The sandbox starts while scenarios that are a promise are still being read.
 * @throws whatever `reading` rejects with · UsageError for jobs that are no whole number of 1 or more · SpecError for a command that is not allowed · EnvironmentError where this machine cannot make a sandbox, or a scenario has more servers than it may open files · InternalError where the sandbox died at its start
 */
export async function runSuite(reading: Scenario[] | Promise<Scenario[]>, options: RunOptions = {}): Promise<Result> {
  assertJobs(options.jobs);
  const isAlone = options.jobs === 1 || (Array.isArray(reading) && listRuns(reading, options.backends).length === 1);
  return runSuiteIn(launchSandbox({ isAlone, startsPrograms: options.allowCommands === true, signal: options.signal }), reading, options);
}

function assertJobs(jobs: number | undefined): void {
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs >= 1)) {
    throw new UsageError(`jobs must be a whole number of 1 or more, not ${jobs}`);
  }
}

/** The same in a sandbox that has been started already, with the same signal; it is ended here. */
export async function runSuiteIn(
  launching: Promise<Sandbox>,
  reading: Scenario[] | Promise<Scenario[]>,
  { backends, patience = 'proof', signal, bail = false, allowCommands, jobs, onCapture, onScenario }: RunOptions,
): Promise<Result> {
  const processors = availableParallelism();
  const [atOnce, most] = jobs === undefined ? [processors, processors * MOST_PER_PROCESSOR] : [jobs, jobs];
  const started = performance.now();
  const { scenarios, sandbox } = await prepare(launching, readRunnable(reading, allowCommands === true), signal);
  const abort = () => void sandbox?.end(new InternalError('aborted'));
  signal?.addEventListener('abort', abort, { once: true });
  const options = { patience, isCaptured: onCapture !== undefined };
  const runs: (ScenarioRun | undefined)[] = [];
  let iptables: string | null = null;
  let isOver = false;
  try {
    const work = async ({ scenario, backend }: Run, place: number, world: WorldClient) => {
      const run = await runScenario(scenario, backend, world, options);
      // What has ended because the sandbox did is no result.
      if (isOver || signal?.aborted) {
        return false;
      }
      runs[place] = { ...run, capture: null };
      if (run.capture !== null) {
        await onCapture?.(run.capture, run.result, place);
      }
      onScenario?.(run.result);
      return !bail || run.result.status === 'passed';
    };
    if (sandbox !== null && !signal?.aborted) {
      const all = listRuns(scenarios, backends);
      await shareOut(all, sandbox.session, { atOnce, most: Math.min(most, sandbox.mostWorlds) }, work);
      iptables = await readVersion(all, sandbox.session);
    }
  } finally {
    isOver = true;
    signal?.removeEventListener('abort', abort);
    await sandbox?.end();
  }
  const done = runs.filter((run) => run !== undefined);
  const all = done.map(({ result }) => result);
  const results = bail ? cutAfterFirstProblem(all) : all;
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

/** What ran at the same time as the first scenario that does not pass is left out when it comes after it: as if one had run at a time. */
function cutAfterFirstProblem(results: ScenarioResult[]): ScenarioResult[] {
  const place = results.findIndex(({ status }) => status !== 'passed');
  return place < 0 ? results : results.slice(0, place + 1);
}

async function readRunnable(reading: Scenario[] | Promise<Scenario[]>, allowCommands: boolean): Promise<Scenario[]> {
  const scenarios = await reading;
  if (!allowCommands) {
    assertCommandsAllowed(scenarios);
  }
  assertAffordable(scenarios);
  return scenarios;
}

/** Asked when all is done, for it takes as long as a small scenario; null where it is not there, or no run has needed it. */
async function readVersion(runs: Run[], session: WorldClient): Promise<string | null> {
  const run = runs.find(({ scenario }) => scenario.phases.some(({ ruleSet }) => ruleSet?.kind === 'iptables'));
  return run === undefined ? null : session.request({ type: 'version', backend: run.backend }).catch(() => null);
}

/**
 * Reads and launches side by side. What is wrong with the scenarios comes first: it is true on every machine. What a scenario has too little of
 * here comes after what any has.
 */
async function prepare(
  launching: Promise<Sandbox>,
  reading: Scenario[] | Promise<Scenario[]>,
  signal: AbortSignal | undefined,
): Promise<{ scenarios: Scenario[]; sandbox: Sandbox | null }> {
  const [scenarios, sandbox] = await Promise.allSettled([orNoneWhenAborted(reading, signal), launching]);
  if (scenarios.status === 'fulfilled' && (sandbox.status === 'fulfilled' || signal?.aborted)) {
    return { scenarios: scenarios.value, sandbox: sandbox.status === 'fulfilled' ? sandbox.value : null };
  }
  if (sandbox.status === 'fulfilled') {
    await sandbox.value.end();
  }
  if (sandbox.status === 'rejected' && (scenarios.status === 'fulfilled' || scenarios.reason instanceof EnvironmentError)) {
    throw sandbox.reason;
  }
  throw (scenarios as PromiseRejectedResult).reason;
}

/** Standard input may never end: an abort ends the waiting for it. */
function orNoneWhenAborted(reading: Scenario[] | Promise<Scenario[]>, signal: AbortSignal | undefined): Promise<Scenario[]> {
  const aborted = new Promise<Scenario[]>((resolve) => signal?.addEventListener('abort', () => resolve([]), { once: true }));
  return Promise.race([reading, aborted]);
}
