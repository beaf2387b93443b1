import { availableParallelism, release } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EnvironmentError, InternalError, UsageError } from '../model/errors.js';
import type { Capture } from '../model/evidence.js';
import type { Patience } from '../model/plan.js';
import type { Backend, Result, ScenarioResult } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { isForIptables } from '../plan/parts.js';
import type { WorldClient } from '../sandbox/client.js';
import { launchSandbox, type Sandbox } from '../sandbox/launch.js';
import { runScenario, type ScenarioRun } from './run-scenario.js';
import { assertAffordable, assertCommandsAllowed, assertRulesApplicable, listRuns, type Run, sumCoverage, summarize } from './runs.js';
import { shareOut } from './share-out.js';
import { assertNotRoot, hasUsers } from './users.js';
import { getVersion } from './version.js';

/** AbortSignal, where the user's types have it: @types/node or the library "dom". A program without them has no signal to give. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : never;

/** Options of runSuite and runScenario. */
export interface RunOptions {
  /** back ends to use instead of the scenarios' own */
  backends?: Backend[] | undefined;
  /** proof (the default): a drop that the evidence proves is not waited for. full: every client waits for its whole time limit. */
  patience?: Patience;
  /** Ends the run early. The result is then marked as aborted and leaves out unfinished scenarios. */
  signal?: Signal;
  /**
   * Ends the run after the first scenario that does not pass. The result contains all scenarios up to that one, and is not marked as
   * aborted.
   */
  bail?: boolean;
  /**
   * Whether servers may be programs that scenarios name. They run with the rights and the file access of an ordinary user. Only `true`
   * allows them: a value from another source may be the string 'false'.
   */
  allowCommands?: boolean;
  /**
   * The most scenarios that run at once. Default: one for each processor, and up to four for each while processors are idle. With few file
   * descriptors (ulimit -n): one for each 64 of them.
   */
  jobs?: number | undefined;
  /** Whether advice is tried in a world of its own before it is given. Default: true. */
  tryAdvice?: boolean;
  /**
   * If given, the packets of each scenario's probes are captured. It is called before onScenario, and the run waits for it.
   * @param place the index of the scenario among all runs, from 0
   */
  onCapture?: (capture: Capture, result: ScenarioResult, place: number) => void | Promise<void>;
  /** Whether probes that ended as expected get notes, too. Default: false. */
  why?: boolean;
  /** Whether the result says why no packet reached a rule, and which probe would (`unreached`, `coverage`). Default: false. */
  coverage?: boolean;
  /** The arguments of the command line, for the result document. Default: none. */
  argv?: string[];
  /** Called when a scenario ends. The order is not fixed if several run at once. */
  onScenario?: (result: ScenarioResult) => void;
}

interface SuiteOptions extends RunOptions {
  /** Called when the advice of a scenario begins to be tried, and when that ends. */
  onTrials?: (state: 'begin' | 'end') => void;
  /** Whether somebody reads the version of iptables in the result. To ask for it takes 2.5 ms. Default: true. */
  isVersionRead?: boolean;
}

/**
 * A small scenario keeps its processor busy, so more of them at once only disturb each other. On two processors, 1,000 of them took 9.7 s
 * by two and 10.7 s by four. A scenario whose client waits leaves its processor idle. The project's own scenarios took 10.5 s by two, 6.1 s
 * by four and 4.2 s by eight.
 */
const MOST_PER_PROCESSOR = 4;

/**
 * Runs scenarios in one sandbox, several at once. The result document (schema/result.json) has them in their own order. If `reading` is a
 * promise, the sandbox starts while the scenarios are still being read.
 * @throws the reason with which `reading` rejects
 * @throws UsageError if `jobs` is not a whole number of 1 or more
 * @throws SpecError for a command that is not allowed, or a client with root's id where root runs loopfw
 * @throws EnvironmentError if this machine cannot make a sandbox, or a scenario needs more file descriptors than it may have
 * @throws InternalError if the sandbox ended while it started
 */
export async function runSuite(reading: Scenario[] | Promise<Scenario[]>, options: RunOptions = {}): Promise<Result> {
  assertJobs(options.jobs);
  const isAlone = options.jobs === 1 || (Array.isArray(reading) && listRuns(reading, options.backends).length === 1);
  const users = Array.isArray(reading) ? hasUsers(reading) : reading.then(hasUsers, () => false);
  const startsPrograms = options.allowCommands === true;
  const launching = launchSandbox({ isAlone, startsPrograms, hasUsers: users, signal: options.signal });
  const { result, ended } = await runSuiteIn(launching, reading, options);
  await ended;
  return result;
}

function assertJobs(jobs: number | undefined): void {
  if (jobs !== undefined && !(Number.isInteger(jobs) && jobs >= 1)) {
    throw new UsageError(`jobs must be a whole number of 1 or more, not ${jobs}`);
  }
}

/**
 * Does the same in a sandbox that was launched before with the same signal. It ends the sandbox, but does not wait for the end: a report can
 * be written meanwhile.
 * @internal The types of a sandbox are those of Node.js, which a user of the library may lack.
 */
export async function runSuiteIn(
  launching: Promise<Sandbox>,
  reading: Scenario[] | Promise<Scenario[]>,
  {
    backends,
    patience = 'proof',
    signal,
    bail = false,
    allowCommands,
    jobs,
    why = false,
    coverage = false,
    argv = [],
    onCapture,
    onScenario,
    onTrials,
    tryAdvice: triesAdvice = true,
    isVersionRead = true,
  }: SuiteOptions,
): Promise<{ result: Result; ended: Promise<void> }> {
  const processors = availableParallelism();
  const [atOnce, most] = jobs === undefined ? [processors, processors * MOST_PER_PROCESSOR] : [jobs, jobs];
  const started = performance.now();
  const startedAt = new Date().toISOString();
  const { scenarios, sandbox } = await prepare(launching, readRunnable(reading, { backends, allowCommands }), signal);
  const abort = () => void sandbox?.end(new InternalError('aborted'));
  signal?.addEventListener('abort', abort, { once: true });
  const options = { patience, isCaptured: onCapture !== undefined, areAllNoted: why, explainsUnreached: coverage };
  const runs: (ScenarioRun | undefined)[] = [];
  // Loaded on demand: most runs have nothing to advise.
  const tryOffers = async (...[scenario, run, done, world]: [Scenario, Pick<Run, 'usual' | 'backend'>, ScenarioRun, WorldClient]) => {
    const { tryAdvice } = await import('./advice/trials.js');
    onTrials?.('begin');
    const result = await tryAdvice(scenario, run, done, world, patience);
    onTrials?.('end');
    return result;
  };
  let iptables: string | null = null;
  let isOver = false;
  let ended = Promise.resolve();
  try {
    const work = async ({ scenario, usual, backend }: Run, place: number, world: WorldClient) => {
      const run = await runScenario(scenario, { usual, backend }, world, options);
      // A scenario that ended because the sandbox ended has no result.
      if (isOver || signal?.aborted) {
        return false;
      }
      runs[place] = { ...run, capture: null };
      if (run.capture !== null) {
        await onCapture?.(run.capture, run.result, place);
      }
      // An abort ends the trials, and leaves the verdict.
      const result = triesAdvice && run.offers.size > 0 ? await tryOffers(scenario, { usual, backend }, run, world) : run.result;
      runs[place] = { ...run, result, capture: null };
      onScenario?.(result);
      return !bail || result.status === 'passed';
    };
    if (sandbox !== null && !signal?.aborted) {
      const all = listRuns(scenarios, backends);
      const version = isVersionRead ? readVersion(all, sandbox.session) : null;
      await shareOut(all, sandbox.session, { atOnce, most: Math.min(most, sandbox.mostWorlds) }, work);
      iptables = await version;
    }
  } finally {
    isOver = true;
    signal?.removeEventListener('abort', abort);
    ended = sandbox?.end() ?? ended;
  }
  const done = runs.filter((run) => run !== undefined);
  const all = done.map(({ result }) => result);
  const results = bail ? cutAfterFirstProblem(all) : all;
  const result: Result = {
    version: 1,
    aborted: signal?.aborted ?? false,
    startedAt,
    argv,
    root: findFolder(),
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
  const covered = coverage ? sumCoverage(results) : null;
  return { result: covered === null ? result : { ...result, coverage: covered }, ended };
}

/** The working folder; null if it has been deleted. */
function findFolder(): string | null {
  try {
    return process.cwd();
  } catch {
    return null;
  }
}

/**
 * Leaves out the scenarios after the first one that does not pass, although they ran at the same time. The result is the same as with one
 * job.
 */
function cutAfterFirstProblem(results: ScenarioResult[]): ScenarioResult[] {
  const place = results.findIndex(({ status }) => status !== 'passed');
  return place < 0 ? results : results.slice(0, place + 1);
}

async function readRunnable(
  reading: Scenario[] | Promise<Scenario[]>,
  { backends, allowCommands }: Pick<RunOptions, 'backends' | 'allowCommands'>,
): Promise<Scenario[]> {
  const scenarios = await reading;
  if (allowCommands !== true) {
    assertCommandsAllowed(scenarios);
  }
  assertNotRoot(scenarios);
  assertAffordable(scenarios);
  assertRulesApplicable(listRuns(scenarios, backends));
  return scenarios;
}

/**
 * Asks behind the first scenario, in a line of its own: that scenario is judged while iptables answers. null if iptables is missing, or if
 * no scenario needed it.
 */
async function readVersion(runs: Run[], session: WorldClient): Promise<string | null> {
  const run = runs.find(({ scenario }) => scenario.phases.some(({ ruleSet }) => ruleSet !== null && isForIptables(ruleSet)));
  if (run === undefined) {
    return null;
  }
  await nextTurn();
  return session.request({ type: 'version', backend: run.usual }).catch(() => null);
}

/**
 * Waits for the scenarios and the sandbox, which are prepared at the same time. Mistakes in scenarios are reported first: they are true on
 * every machine. If a scenario lacks a resource of this machine, an error of the sandbox comes first: it affects every scenario.
 */
async function prepare(
  launching: Promise<Sandbox>,
  reading: Promise<Scenario[]>,
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

/** Standard input may never end, so an abort ends the wait for it. */
async function orNoneWhenAborted(reading: Promise<Scenario[]>, signal: AbortSignal | undefined): Promise<Scenario[]> {
  if (signal === undefined) {
    return reading;
  }
  let abort = () => {};
  const aborted = new Promise<Scenario[]>((resolve) => {
    abort = () => resolve([]);
    signal.addEventListener('abort', abort, { once: true });
  });
  return Promise.race([reading, aborted]).finally(() => signal.removeEventListener('abort', abort));
}
