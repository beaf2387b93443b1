import { accessSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '../errors.js';
import { findCommand } from '../kernel/find-command.js';
import { findChild, getOwnNumbers } from '../kernel/find-child.js';
import type { Program, ProgramEnd } from '../model/program.js';
import type { Namespaces } from './launch.js';

export interface RunningProgram {
  ended: Promise<ProgramEnd>;
  signal(signal: NodeJS.Signals): void;
}

/** What a shell says of a command that it cannot find, and of one that it may not run. */
const NOT_FOUND = 127;
const NOT_EXECUTABLE = 126;

/** Why a program cannot be started, looked for as execvp(3) does; null where it can. */
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

/**
 * Starts a program in the sandbox's own namespaces (nsenter(1)), with the caller's ids, terminal, folder and open files. It is in the caller's
 * process group: Ctrl-C reaches it as it would without loopfw. nsenter waits for it, and may die of that Ctrl-C while the program goes on: then
 * the program becomes this process's own child.
 *
 * @param descriptors the caller's open files above 2
 * @throws EnvironmentError where the namespaces cannot be entered
 */
export async function startProgram(program: Program, namespaces: Namespaces, descriptors: number[]): Promise<RunningProgram> {
  const { execa } = await import('execa');
  const adopter = await import('../kernel/adopted-child.js');
  adopter.adoptOrphans();
  const self = getOwnNumbers();
  const opened = openNamespaces(namespaces, self.shown);
  const child = execa(findCommand('nsenter'), [...opened.options, '--', program.command, ...program.args], {
    stdio: ['inherit', 'inherit', 'inherit', ...listHandedOn(descriptors)],
    cwd: getFolder(),
    env: program.env,
    extendEnv: false,
    buffer: false,
    reject: false,
    cleanup: false,
  });
  const ended = child.then(({ exitCode, signal }): ProgramEnd => ({ exitCode: exitCode ?? null, signal: signal ?? null, problem: null }));
  const isAdopted = (pid: number) => pid !== child.pid && pid !== namespaces.keeper;
  const findAdopted = () => findChild(self.shown, isAdopted);
  const find = () => {
    const waiter = findChild(self.shown, (pid) => pid === child.pid);
    return (waiter && findChild(waiter.shown)) ?? findAdopted();
  };
  const getEnd = async (): Promise<ProgramEnd> => {
    const end = await ended;
    opened.close();
    const left = end.signal === null ? null : findAdopted();
    return left === null ? end : { ...(await adopter.waitForAdopted(left.own)), problem: null };
  };
  return {
    ended: getEnd(),
    signal: (signal) => {
      const found = find();
      if (found === null) {
        child.kill(signal);
      } else {
        process.kill(found.own, signal);
      }
    },
  };
}

/**
 * By way of the unshare(1) that keeps them: it has the caller's ids, so CAP_SYS_PTRACE, which containers do not give, is not needed.
 * By descriptors of this process: what cannot be entered is known before a program could have ended with the same code.
 * @param self what /proc calls this process
 */
function openNamespaces({ keeper, isOfUser }: Namespaces, self: number): { options: string[]; close: () => void } {
  const files = { net: 'net', pid: 'pid_for_children', ...(isOfUser ? { user: 'user' } : {}) };
  const found = findChild(self, (pid) => pid === keeper);
  if (found === null) {
    throw new EnvironmentError('cannot enter the sandbox: /proc does not show the process that keeps its namespaces');
  }
  try {
    const opened = Object.entries(files).map(([name, file]) => [name, openSync(`/proc/${found.shown}/ns/${file}`, 'r')] as const);
    const options = opened.map(([name, descriptor]) => `--${name}=/proc/${self}/fd/${descriptor}`);
    return {
      options: isOfUser ? [...options, '--preserve-credentials'] : options,
      close: () => opened.forEach(([, descriptor]) => closeSync(descriptor)),
    };
  } catch (error) {
    throw new EnvironmentError(`cannot enter the sandbox: ${(error as Error).message}`);
  }
}

/** Each under its own number; what Node.js has marked to be closed (all below 16) is not. */
function listHandedOn(descriptors: number[]): ('ignore' | 'inherit')[] {
  const count = Math.max(2, ...descriptors) - 2;
  return Array.from({ length: count }, (_, place) => (descriptors.includes(place + 3) ? 'inherit' : 'ignore'));
}

/** The caller's own, for its program. */
function getFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new EnvironmentError('the folder that loopfw was called in is not there any more', ['cd to a folder that is there']);
  }
}
