import { accessSync, closeSync, constants, openSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getNetworkNamespace } from '../kernel/network/namespace-name.js';
import { findChild, getOwnNumbers } from '../kernel/process/child.js';
import { findCommand } from '../kernel/process/find-command.js';
import { EnvironmentError } from '../model/errors.js';
import type { Program, ProgramEnd } from '../model/program.js';
import type { Namespaces } from './launch.js';

/** A program that runs in the sandbox. */
export interface RunningProgram {
  ended: Promise<ProgramEnd>;
  signal(signal: NodeJS.Signals): void;
}

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

/**
 * Starts a program in the sandbox's namespaces (nsenter(1)), with the caller's ids, terminal, folder and open files.
 * The program is in the caller's process group: Ctrl-C reaches it as without loopfw.
 * nsenter waits for the program. Ctrl-C may end nsenter while the program goes on. The program then becomes a child of this process.
 */
export async function startProgram(program: Program, namespaces: Namespaces, descriptors: number[]): Promise<RunningProgram> {
  const { execa } = await import('execa');
  const adopter = await import('../kernel/process/orphans.js');
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
 * Opens the namespaces of the unshare(1) process that keeps them, through /proc. That process has the caller's ids. So CAP_SYS_PTRACE,
 * which containers do not give, is not needed.
 * nsenter gets them as descriptors of this process. A namespace that cannot be entered is reported here, and is not confused with an exit
 * code of the program.
 * @param self the pid of this process in /proc
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

/**
 * The stdio entries above 2. Each of the caller's files keeps its number. It must be listed, because Node.js marks every descriptor below
 * 16 close-on-exec.
 */
function listHandedOn(descriptors: number[]): ('ignore' | 'inherit')[] {
  const count = Math.max(2, ...descriptors) - 2;
  return Array.from({ length: count }, (_, place) => (descriptors.includes(place + 3) ? 'inherit' : 'ignore'));
}

/** The caller's folder, in which its program starts. @throws EnvironmentError where it has been deleted */
function getFolder(): string {
  try {
    return process.cwd();
  } catch {
    throw new EnvironmentError('the folder that loopfw was called in is not there any more', ['cd to a folder that is there']);
  }
}

/**
 * The numbers of the files above 2 that this process was started with. Call it before loopfw opens files.
 * Node.js opens some files before loopfw's code runs: eventfd and epoll, which have no path, and pipes of which it holds both ends. They
 * are left out.
 */
export function listCallersDescriptors(): number[] {
  getNetworkNamespace(); // the first access to /proc: it reports a missing /proc
  const open = readdirSync('/proc/self/fd')
    .map(Number)
    .filter((descriptor) => descriptor > 2)
    .map((descriptor) => ({ descriptor, target: readTarget(descriptor) }));
  const isOwn = (target: string) => target.startsWith('pipe:') && open.filter((other) => other.target === target).length > 1;
  return open
    .filter(({ target }) => target !== null && !target.startsWith('anon_inode:') && !isOwn(target))
    .map(({ descriptor }) => descriptor);
}

/** The target of a descriptor; null for the closed descriptor of readdirSync(). */
function readTarget(descriptor: number): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return null;
  }
}
