import type { Patience } from '../model/plan.js';
import type { Backend, Result } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { countNoun } from '../report/count-noun.js';
import { getCoverage } from '../report/get-coverage.js';
import { listRuns } from '../run/list-runs.js';
import { runSuite } from '../run/run-suite.js';
import { loadScenarios } from '../spec/load-scenarios.js';
import { assertReadOnce } from './assert-read-once.js';
import { assertSelected } from './assert-selected.js';
import { CaptureWriter } from './capture-writer.js';
import { catchSignals } from './catch-signals.js';
import { describeLowCoverage } from './describe-low-coverage.js';
import { EXIT_CODES, getExitCode } from './exit-codes.js';
import { listScenarios } from './list-scenarios.js';
import { parseReporters } from './parse-reporters.js';
import { printWarnings } from './print-warnings.js';
import { startProgress } from './progress.js';
import { selectScenarios, type Selection } from './select-scenarios.js';
import { assertWritable, writeReports } from './write-reports.js';

export interface RunCommandOptions {
  reporter?: string[];
  backend?: Backend[];
  ruleset?: string;
  patience: Patience;
  tag?: string[];
  grep?: RegExp;
  list?: boolean;
  bail?: boolean;
  jobs?: number;
  allowCommands?: boolean;
  pcap?: string;
  minCoverage?: number;
}

/** `loopfw run`: load, select, run, report; gives the exit code. */
export async function runCommand(paths: string[], options: RunCommandOptions, hasColors: boolean): Promise<number> {
  const requests = parseReporters(options.reporter ?? [], process.env);
  assertReadOnce(paths, options.ruleset);
  const selection = { tags: options.tag ?? [], grep: options.grep ?? null };
  if (options.list) {
    process.stdout.write(listScenarios(await loadSelected(paths, selection, options)));
    return EXIT_CODES.passed;
  }
  await assertWritable(requests);
  const captures = options.pcap === undefined ? null : await CaptureWriter.make(options.pcap);
  const { result, total, signalCode } = await run(paths, selection, options, captures);
  await writeReports(result, requests, hasColors);
  captures?.assertWritten();
  return Math.max(getExitCode(result), signalCode, result.aborted ? EXIT_CODES.passed : checkWhole(result, total, options));
}

async function loadSelected(paths: string[], selection: Selection, { ruleset }: RunCommandOptions): Promise<Scenario[]> {
  const all = await loadScenarios(paths, { ruleset, selects: (scenario) => selectScenarios([scenario], selection).length > 0 });
  const scenarios = selectScenarios(all, selection);
  assertSelected(scenarios, all, selection);
  return scenarios;
}

interface Ran {
  result: Result;
  /** How many runs of scenarios there were to make: one for each of a scenario's back ends. */
  total: number;
  signalCode: number;
}

async function run(paths: string[], selection: Selection, options: RunCommandOptions, captures: CaptureWriter | null): Promise<Ran> {
  const { backend, patience, bail, jobs, allowCommands } = options;
  const signals = catchSignals();
  const progress = startProgress();
  let total = 0;
  const reading = loadSelected(paths, selection, options);
  reading
    .then((scenarios) => {
      printWarnings(scenarios);
      const runs = listRuns(scenarios, backend);
      captures?.expect(runs);
      progress.expect((total = runs.length));
    })
    .catch(() => {});
  try {
    const result = await runSuite(reading, {
      backends: backend,
      patience,
      bail: bail ?? process.env['LOOPFW_BAIL'] === '1',
      jobs,
      allowCommands: allowCommands ?? process.env['LOOPFW_ALLOW_COMMANDS'] === '1',
      signal: signals.aborted,
      ...(captures === null ? {} : { onCapture: (capture, _, place) => captures.write(capture, place) }),
      onScenario: (done) => progress.count(done),
    });
    return { result, total, signalCode: signals.getExitCode() };
  } finally {
    progress.stop();
    signals.release();
  }
}

/** Says what --bail left out. Coverage is asked of a whole run only: of a part it would say nothing. */
function checkWhole(result: Result, total: number, { minCoverage }: RunCommandOptions): number {
  const leftOut = total - result.scenarios.length;
  if (leftOut > 0) {
    process.stderr.write(`loopfw: --bail left out ${countNoun(leftOut, 'scenario')}, after the first that did not pass\n`);
    return EXIT_CODES.passed;
  }
  const problem = minCoverage === undefined ? null : describeLowCoverage(getCoverage(result), minCoverage);
  if (problem === null) {
    return EXIT_CODES.passed;
  }
  process.stderr.write(`loopfw: ${problem}\n`);
  return EXIT_CODES.failed;
}
