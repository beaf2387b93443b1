import { UsageError } from '../../../model/errors.js';
import { assertMayStart, parseFault } from '../../../run/world/faults/parse.js';
import { openControl } from '../../../run/world/control/server.js';
import { readWorld, runHosted, type WorldOptions } from './hosted.js';

export interface ExecCommandOptions extends WorldOptions {
  fault?: string[];
  /** Whether a fault that nothing has touched makes the exit code 1. */
  expectHit?: boolean;
  /** `json=FILE` */
  reporter?: string;
}

/** What has been typed: before the options and between them, and behind --. */
export interface ExecArguments {
  scenarios: string[];
  command: string[];
}

/** `loopfw exec`: runs a program under faults. Returns the program's exit code, or 128+n where signal n ended it. */
export async function execCommand({ scenarios, command: words }: ExecArguments, options: ExecCommandOptions): Promise<number> {
  const [command, ...args] = words;
  if (command === undefined) {
    throw new UsageError('the program is missing: put it behind --, as in loopfw exec --fault refused=127.0.0.2:5432 -- npm test');
  }
  const faults = (options.fault ?? []).map(parseFault);
  assertMayStart(faults);
  const report = options.reporter === undefined ? null : await openReport(options.reporter);
  const { world, env } = await readWorld(scenarios, options);
  const { exitCode, touched } = await runHosted({ command, args, env }, { ...world, faults }, openControl);
  if (touched === null) {
    return exitCode;
  }
  await report?.write({ version: 1, command: words, exitCode, faults: touched });
  return exitCode === 0 && options.expectHit && touched.some(({ connections }) => connections === 0) ? 1 : exitCode;
}

async function openReport(reporter: string) {
  const { ExecReport } = await import('./report.js');
  return await ExecReport.open(reporter);
}
