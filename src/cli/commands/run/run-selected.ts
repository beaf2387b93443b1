import { loadScenarios } from '../../../input/load-scenarios.js';
import type { Patience } from '../../../model/plan.js';
import type { Backend, Result } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import { runSuiteIn } from '../../../run/run-suite.js';
import { listRuns } from '../../../run/runs.js';
import { hasUsers } from '../../../run/users.js';
import type { Sandbox } from '../../../sandbox/launch.js';
import { countNoun } from '../../../words/phrases.js';
import type { CaptureWriter } from '../../output/captures.js';
import { checkCoverage, writeCoverageFile } from '../../output/coverage.js';
import { EXIT_CODES, getExitCode } from '../../output/exit-codes.js';
import { type FailedScenario, noteFailed } from '../../output/last-failed.js';
import { startProgress } from '../../output/progress.js';
import { getDetail, type HumanOptions, type ReporterRequest, writeReports } from '../../output/reports.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { isOn, isStrict, triesAdvice } from '../../output/switches.js';
import { noteSkipped } from './paths.js';
import { assertSelected, listScenarios, selectFailed, selectScenarios } from './selection.js';
import { describeShard, type Shard, takeShard } from './shard.js';
import type { CaughtSignals } from '../signals.js';

/** The values of the options in program/run-options.ts. */
export interface RunCommandOptions extends HumanOptions {
  reporter?: string[];
  backend?: Backend[];
  ruleset?: string[];
  patience: Patience;
  tag?: string[];
  grep?: RegExp;
  lastFailed?: boolean;
  watch?: boolean;
  list?: boolean;
  bail?: boolean;
  jobs?: number;
  shard?: string;
  allowCommands?: boolean;
  pcap?: string;
  coverage?: boolean;
  minCoverage?: number;
  coverageFile?: string;
  strict?: boolean;
  advice?: boolean;
  why?: boolean;
  update?: boolean;
  yes?: boolean;
}

/** The parts of the scenarios that run; null: all. */
interface Parts {
  shard: Shard | null;
  /** Those that did not pass the last time. */
  failed: FailedScenario[] | null;
}

/** Everything that `loopfw run` prepares before it reads the scenarios. */
interface Prepared extends Parts {
  paths: string[];
  options: RunCommandOptions;
  requests: ReporterRequest[];
  hasColors: boolean;
  captures: CaptureWriter | null;
  signals: CaughtSignals;
  launching: Promise<Sandbox>;
  /** Takes whether a client has a user of its own, which the launch may wait for. */
  noteUsers: (hasUsers: boolean) => void;
}

interface Ran {
  result: Result;
  /** The number of planned runs: one for each back end of each scenario. */
  total: number;
  signalCode: number;
  /** Resolves when the sandbox has ended. */
  ended: Promise<void>;
}

/** Reads the scenarios while the sandbox starts, runs them, and reports while the sandbox ends. Returns the exit code. */
export async function runSelected(prepared: Prepared): Promise<number> {
  const { options, shard, requests, hasColors, captures } = prepared;
  const { result, total, signalCode, ended } = await run(prepared);
  try {
    await writeReports(result, requests, hasColors, {
      ...getDetail(options),
      countsWarnings: isStrict(options.strict),
      listsCoverage: options.coverage ?? false,
    });
    await writeCoverageFile(result, options.coverageFile);
  } finally {
    await noteFailed(result);
    await ended;
  }
  captures?.assertWritten();
  // A shard without a scenario passes: assertSelected() has checked that the suite has one.
  const verdict = total === 0 && !result.aborted ? EXIT_CODES.passed : await judge(result, options, hasColors);
  return Math.max(verdict, signalCode, result.aborted ? EXIT_CODES.passed : checkWhole(result, total, options, shard));
}

/** The exit code of a run, after the expectations have been updated if that was asked for. */
async function judge(result: Result, { strict, update, yes }: RunCommandOptions, hasColors: boolean): Promise<number> {
  if (update !== true) {
    return getExitCode(result, isStrict(strict));
  }
  const { updateExpectations } = await import('./update/update.js');
  return await updateExpectations(result, { isSure: yes ?? false, countsWarnings: isStrict(strict), hasColors });
}

/** Prints the scenarios that would run. Returns the exit code. */
export async function listSelected(paths: string[], options: RunCommandOptions, parts: Parts): Promise<number> {
  assertOutputOpen();
  process.stdout.write(listScenarios(await loadSelected(paths, options, parts)));
  return EXIT_CODES.passed;
}

async function loadSelected(
  paths: string[],
  { tag, grep, ruleset, backend }: RunCommandOptions,
  { shard, failed }: Parts,
): Promise<Scenario[]> {
  const selection = { tags: tag ?? [], grep: grep ?? null };
  const all = await loadScenarios(paths, {
    rulesets: ruleset,
    backends: backend,
    onSkipped: noteSkipped,
    selects: (scenario) => selectScenarios([scenario], selection).length > 0,
  });
  const matching = selectScenarios(all, selection);
  assertSelected(matching, all, selection);
  const selected = selectFailed(matching, failed);
  const scenarios = shard === null ? selected : takeShard(selected, shard, backend);
  process.stderr.write(describeShard(shard, { scenarios: scenarios.length, selected: selected.length }, process.env));
  return scenarios;
}

async function run({ paths, options, shard, failed, requests, captures, signals, launching, noteUsers }: Prepared): Promise<Ran> {
  const { backend, patience, bail, jobs, allowCommands, advice, why, coverage, minCoverage } = options;
  const progress = startProgress();
  let total = 0;
  const reading = loadSelected(paths, options, { shard, failed });
  reading
    .then((scenarios) => {
      noteUsers(hasUsers(scenarios));
      const runs = listRuns(scenarios, backend);
      captures?.expect(runs);
      progress.expect((total = runs.length));
    })
    .catch(() => noteUsers(false));
  try {
    const { result, ended } = await runSuiteIn(launching, reading, {
      backends: backend,
      patience,
      bail: isOn(bail, 'LOOPFW_BAIL'),
      jobs,
      allowCommands: allowCommands ?? false,
      tryAdvice: triesAdvice(advice),
      argv: process.argv.slice(2),
      why: isOn(why, 'LOOPFW_WHY'),
      coverage: coverage === true || minCoverage !== undefined,
      signal: signals.aborted,
      isVersionRead: requests.some(({ name }) => name === 'json'), // the other reports do not name it
      ...(captures === null ? {} : { onCapture: (capture, _, place) => captures.write(capture, place) }),
      onScenario: (done) => progress.count(done),
      onTrials: (state) => progress.noteTrials(state),
    });
    return { result, total, signalCode: signals.getExitCode(), ended };
  } finally {
    progress.stop();
    signals.release(); // a signal while reports are written ends the program at once
  }
}

/** Reports what --bail left out, otherwise checks the coverage. A part of the suite has no meaningful coverage. Returns the exit code. */
function checkWhole(result: Result, total: number, { minCoverage }: RunCommandOptions, shard: Shard | null): number {
  const leftOut = total - result.scenarios.length;
  if (leftOut > 0) {
    process.stderr.write(`loopfw: --bail left out ${countNoun(leftOut, 'scenario')}, after the first that did not pass\n`);
    return EXIT_CODES.passed;
  }
  if (minCoverage !== undefined && shard !== null && shard.total > 1) {
    process.stderr.write('loopfw: --min-coverage is not asked of a shard: give it to loopfw merge\n');
    return EXIT_CODES.passed;
  }
  return checkCoverage(result, minCoverage);
}
