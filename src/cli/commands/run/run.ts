import { holdsOneScenario, mentionsUser } from '../../../input/files/peek.js';
import { launchSandbox } from '../../../sandbox/launch.js';
import { CaptureWriter } from '../../output/captures.js';
import { listFiles, readLastFailed } from '../../output/last-failed.js';
import { assertFileWritable, assertWritable, parseReporters } from '../../output/reports.js';
import { isOn } from '../../output/switches.js';
import { getPaths } from './paths.js';
import type { RunCommandOptions } from './run-selected.js';
import { assertFailed, assertReadOnce } from './selection.js';
import { getShard } from './shard.js';
import { catchSignals } from '../signals.js';

/**
 * `loopfw run`: load, select, run, report. Returns the exit code. The start of the sandbox takes longest: it begins before most of loopfw's
 * own code is loaded.
 *
 * @param named null: the files of the scenarios that did not pass the last time
 */
export async function runCommand(named: string[] | null, given: RunCommandOptions, hasColors: boolean): Promise<number> {
  const options = { ...given, allowCommands: isOn(given.allowCommands, 'LOOPFW_ALLOW_COMMANDS') };
  const requests = parseReporters(options.reporter ?? [], process.env);
  const failed = options.lastFailed ? await readLastFailed() : null;
  const paths = named === null ? listFiles(failed ?? []) : getPaths(named);
  assertFailed(failed, paths);
  assertReadOnce(paths, options.ruleset);
  if (options.update || options.yes) {
    const { assertUpdatable } = await import('./update/conditions.js');
    assertUpdatable(paths, options, getShard(options.shard, process.env), process.env);
  }
  if (options.watch) {
    const { watchRuns } = await import('./watch.js');
    const reports = [...requests.map(({ file }) => file), options.coverageFile ?? null].filter((file) => file !== null);
    return await watchRuns({ paths, rulesets: options.ruleset ?? [], reports });
  }
  const shard = getShard(options.shard, process.env);
  if (options.list) {
    const { listSelected } = await import('./run-selected.js');
    return await listSelected(paths, options, { shard, failed });
  }
  await assertWritable(requests);
  if (options.coverageFile !== undefined) {
    await assertFileWritable(options.coverageFile);
  }
  const captures = options.pcap === undefined ? null : await CaptureWriter.make(options.pcap);
  const signals = catchSignals();
  try {
    const isAlone = options.jobs === 1 || (options.jobs === undefined && paths.length === 1 && paths.every(holdsOneScenario));
    let noteUsers: (hasUsers: boolean) => void = () => {};
    const noted = new Promise<boolean>((resolve) => (noteUsers = resolve));
    const mentions = paths.map(mentionsUser);
    const hasUsers = mentions.includes(null) ? noted : mentions.includes(true);
    const launching = launchSandbox({ isAlone, startsPrograms: options.allowCommands ?? false, hasUsers, signal: signals.aborted });
    launching.catch(() => {}); // problems of the scenarios are reported first
    const { runSelected } = await import('./run-selected.js');
    return await runSelected({ paths, options, shard, failed, requests, hasColors, captures, signals, launching, noteUsers });
  } finally {
    signals.release();
  }
}
