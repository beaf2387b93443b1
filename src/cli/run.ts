import type { Patience } from '../model/plan.js';
import type { Result } from '../model/result.js';
import { REPORTERS } from '../report/reporters.js';
import { runSuite } from '../run/run-suite.js';
import { loadScenarios } from '../spec/load-scenarios.js';
import { getExitCode } from './exit-codes.js';
import { catchSignals } from './catch-signals.js';
import { parseReporters, type ReporterRequest } from './parse-reporters.js';
import { startProgress } from './progress.js';
import { writeWhole } from './write-whole.js';

export interface RunCommandOptions {
  reporter?: string[];
  patience: Patience;
}

/** `loopfw run`: load, run, report; gives the exit code. */
export async function runCommand(paths: string[], { reporter, patience }: RunCommandOptions, hasColors: boolean): Promise<number> {
  const requests = parseReporters(reporter ?? []);
  const signals = catchSignals();
  const progress = startProgress();
  const reading = loadScenarios(paths);
  reading.then(({ length }) => progress.expect(length)).catch(() => {});
  let result: Result;
  try {
    result = await runSuite(reading, { patience, signal: signals.aborted, onScenario: (done) => progress.count(done) });
  } finally {
    progress.stop();
    signals.release();
  }
  for (const request of requests) {
    await writeReport(result, request, hasColors);
  }
  return Math.max(getExitCode(result), signals.getExitCode());
}

async function writeReport(result: Result, { name, file }: ReporterRequest, hasColors: boolean): Promise<void> {
  if (file === null) {
    process.stdout.write(REPORTERS[name](result, { color: hasColors }));
  } else {
    await writeWhole(file, REPORTERS[name](result, { color: false }));
  }
}
