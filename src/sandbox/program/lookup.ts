import { accessSync, constants, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Program, ProgramEnd } from '../../model/program.js';

/** The exit codes of a shell for a command that it cannot find, and for one that it may not run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** The reason why a program cannot be started; null where it can. The program is looked up as execvp(3) does. */
export function findProblem({ command, env }: Program): ProgramEnd | null {
  const paths = command.includes('/') ? [command] : (env['PATH'] ?? '').split(':').map((folder) => join(folder || '.', command));
  const problems = paths.map(getErrno);
  if (problems.includes(null)) {
    return null;
  }
  const isMissing = problems.every((errno) => errno === 'ENOENT' || errno === 'ENOTDIR');
  return {
    exitCode: isMissing ? NOT_FOUND : NOT_EXECUTABLE,
    signal: null,
    problem: `${command}: ${isMissing ? 'command not found' : 'cannot be run (permission denied)'}`,
  };
}

function getErrno(path: string): string | null {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isDirectory() ? 'EACCES' : null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
