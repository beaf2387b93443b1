import { existsSync } from 'node:fs';

/** What the name of a command never has: a folder, a pattern, the end of a scenario file. */
const FILE_SIGN = /[/*?[]|\.jsonc?$|^-$/;

/**
 * Adds `run` before arguments that begin with a file or a folder: `loopfw reject.json` is `loopfw run reject.json`.
 * @param commands the names of the commands: they come before files of the same name
 */
export function addImpliedRun(args: string[], commands: string[]): string[] {
  const [first] = args;
  const isPath =
    first !== undefined &&
    first !== '' &&
    !commands.includes(first) &&
    (FILE_SIGN.test(first) || (!first.startsWith('-') && existsSync(first)));
  return isPath ? ['run', ...args] : args;
}
