import { STDIN } from '../../../../input/files/read.js';
import { UsageError } from '../../../../model/errors.js';
import { isOn } from '../../../output/switches.js';
import type { RunCommandOptions } from '../run-selected.js';
import type { Shard } from '../shard.js';

/** Values of CI that say that it is none. */
const NOT_CI = ['', '0', 'false'];
const IN_CI = 'the variable CI is set, and a pipeline must not change what it checks: run it where you work';
const FROM_STDIN = 'a scenario from standard input has no file to write to';

/** Why scenario files must stay as they are; null if they may change. */
export function findUnwritable(paths: string[], env: NodeJS.ProcessEnv): string | null {
  return !NOT_CI.includes(env['CI'] ?? '') ? IN_CI : paths.includes(STDIN) ? FROM_STDIN : null;
}

/**
 * Checks, before anything runs, that --update can write what it will see.
 * @throws UsageError with the option or variable that prevents it
 */
export function assertUpdatable(
  paths: string[],
  { update = false, yes = false, watch, list, ruleset = [], bail }: RunCommandOptions,
  shard: Shard | null,
  env: NodeJS.ProcessEnv,
): void {
  if (!update) {
    if (yes) {
      throw new UsageError('--yes answers the questions of --update: give both');
    }
    return;
  }
  const unwritable = findUnwritable(paths, env);
  const reasons = [
    [unwritable === IN_CI, IN_CI],
    [list === true, '--list runs nothing: leave it out'],
    [watch === true, '--watch runs again after each change of a file, and --update changes files: leave one of them out'],
    [
      shard !== null && shard.total > 1,
      `a shard (${shard?.source ?? ''}) is for several machines, each with a copy of the files: run all of them here`,
    ],
    [isOn(bail, 'LOOPFW_BAIL'), '--bail leaves runs out, and an expectation is for all back ends: leave it out'],
    [unwritable !== null, FROM_STDIN],
    [
      ruleset.length > 0,
      "with --ruleset the scenarios' own rules do not hold, and the expectations are about those: name the file as their ruleset",
    ],
  ] as const;
  const reason = reasons.find(([isReason]) => isReason)?.[1];
  if (reason !== undefined) {
    throw new UsageError(`--update: ${reason}`);
  }
}
