import { execa, execaSync } from 'execa';
import { CommandError, EnvironmentError } from '../../model/errors.js';
import { BackgroundCommand } from './background.js';
import type { ChildLedger } from './children.js';
import { type CommandName, findCommand, getCommandPath } from './find-command.js';
import { startInPidNamespace } from './pid-namespace.js';
import { findShortageIn, getShortage, makeShortageError } from './shortage.js';

const TIME_LIMIT_MS = 30_000;
const OUTPUT_LIMIT = 1 << 27;
/**
 * iptables-legacy has one lock file for the whole host, which an ordinary user cannot even open. This file gives each process its own lock.
 */
const ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: 'C', XTABLES_LOCKFILE: '/proc/self/status' };

/** How a program is started. */
export interface StartOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** The ids that the program runs with: they must be among the thread's own user and group ids. */
  uid?: number;
  gid?: number;
  /** Whether the program gets its own pid namespace. */
  hasOwnPidNamespace?: boolean;
}

const OPTIONS = {
  env: ENVIRONMENT,
  extendEnv: false,
  cwd: '/',
  timeout: TIME_LIMIT_MS,
  killSignal: 'SIGKILL',
  maxBuffer: OUTPUT_LIMIT,
  reject: false,
  stripFinalNewline: false,
} as const;

/** Starts the commands of one thread, each in that thread's namespace and with its privileges. */
export class CommandRunner {
  readonly #ledger: ChildLedger;
  /** The paths of commands that have been found. A search takes up to seven access(2). */
  readonly #paths = new Map<CommandName, string>();

  constructor(ledger: ChildLedger) {
    this.#ledger = ledger;
  }

  /**
   * Runs a command to its end, with a text as its standard input. Its standard output is ignored: a pipe for it takes a tenth of our own
   * 0.7 ms.
   * The environment of a command is fixed. The thread is blocked meanwhile: that takes a third of the processor time of streams and
   * promises.
   *
   * @throws CommandError unless it exits with 0 in time · EnvironmentError where it is not installed, or where a resource has run out
   */
  feed(name: CommandName, args: string[], input: string): void {
    this.#run(name, args, { input, stdout: 'ignore' });
  }

  /** Runs a command to its end, without input, and returns its standard output. @throws the errors of feed() */
  read(name: CommandName, args: string[]): string {
    return this.#run(name, args, { stdin: 'ignore' }).stdout ?? '';
  }

  #run(name: CommandName, args: string[], streams: { input: string; stdout: 'ignore' } | { stdin: 'ignore' }): { stdout?: string } {
    const path = this.#paths.get(name) ?? findCommand(name);
    this.#paths.set(name, path);
    // The pid is known only after the child has been reaped. guard() keeps the orphan reaper away until then, and there is no pid to
    // release.
    const result = this.#ledger.guard(() => execaSync(path, args, { ...OPTIONS, ...streams }));
    if (result.failed) {
      const shortage = getShortage(result.code) ?? findShortageIn(result.stderr ?? '');
      if (shortage !== null) {
        throw makeShortageError(`${name} cannot be run`, shortage);
      }
      const how = result.timedOut
        ? `was still running after ${TIME_LIMIT_MS} ms`
        : `ended with ${result.exitCode ?? result.signal ?? result.code ?? 'an error'}`;
      throw new CommandError(`${[name, ...args].join(' ')} ${how}`, result.stderr?.trim() || result.shortMessage);
    }
    return result;
  }

  /**
   * Starts a program in the background, in a process group of its own. Its standard input is empty.
   * @throws EnvironmentError where it cannot be started
   */
  async start(
    path: string,
    args: string[],
    { cwd = '/', env = ENVIRONMENT, hasOwnPidNamespace: isApart = false, ...ids }: StartOptions = {},
  ): Promise<BackgroundCommand> {
    const spawn = () =>
      execa(path, args, {
        ...{ cwd, env, extendEnv: false, ...ids },
        stdio: ['ignore', 'pipe', 'pipe'],
        buffer: false,
        detached: true,
        reject: false,
        cleanup: false,
      });
    const child = this.#ledger.register(() => (isApart ? startInPidNamespace(spawn) : spawn()));
    if (child.pid === undefined) {
      const { code } = await child;
      const shortage = getShortage(code);
      throw shortage === null
        ? new EnvironmentError(`${path} cannot be run: ${code ?? 'unknown error'}`)
        : makeShortageError(`${path} cannot be run`, shortage);
    }
    const { pid, stdout, stderr } = child;
    child.once('exit', () => this.#ledger.release(pid));
    return new BackgroundCommand(pid, child, stdout, stderr);
  }
}
