import { existsSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getNetworkNamespace } from '../kernel/network/namespace-name.js';
import { findCommand, getCommandPath } from '../kernel/process/find-command.js';
import { isUnprivilegedIdMapped } from '../kernel/process/identity.js';
import { findShortageIn, getShortage, makeShortageError, type Shortage, SHORTAGES } from '../kernel/process/shortage.js';
import { readLimits, readSurroundings } from '../kernel/process/surroundings.js';
import { EnvironmentError, InternalError } from '../model/errors.js';
import { BLOCKING_THREADS } from '../model/limits.js';
import { SessionClient } from './client.js';
import { assertStartable, countAffordableWorlds } from './limits.js';
import { findRemedies } from './remedies.js';
import type { InsideOptions } from './wire.js';

/** How long the sandbox may take to end before it is killed. It needs about 10 ms, unless its only world waits for a command. */
const END_LIMIT_MS = 2000;
const START_LIMIT_MS = 30_000;
/** How long to wait for the last standard error of unshare after its exit. */
const STDERR_WAIT_MS = 200;
const LOG_LIMIT = 1 << 16;
/** With a higher limit (ulimit -u) a crash has another reason than a missing thread. */
const LOW_PROCESSES = 256;

/** A running sandbox. */
export interface Sandbox {
  /** Whether it runs in a user namespace, without privilege. */
  rootless: boolean;
  /** How many worlds it can have at once. */
  mostWorlds: number;
  session: SessionClient;
  namespaces: Namespaces;
  /** Ends the sandbox and everything in it. Requests in progress are rejected with `reason`. */
  end(reason?: Error): Promise<void>;
}

/** The namespaces of the sandbox. A process of the caller keeps them, so that the process that launched the sandbox may enter them. */
export interface Namespaces {
  /** The pid of that process (unshare). */
  keeper: number;
  /** Whether they include a user namespace. */
  isOfUser: boolean;
}

export interface LaunchOptions {
  /** Whether scenarios may start programs of their own. */
  startsPrograms?: boolean;
  /** Whether one world at a time is enough. It is ready some 40 ms earlier than the first of several worlds. */
  isAlone?: boolean;
  /** Stops the start of the sandbox. It has no effect after the sandbox is ready. */
  signal?: AbortSignal | undefined;
}

interface ProcessEnd {
  exitCode: number | null;
  signal: string | null;
}

/** Starts the sandbox and resolves when it is ready. @throws the errors of startSandbox and of its `ready` */
export async function launchSandbox(options: LaunchOptions = {}): Promise<Sandbox> {
  return (await startSandbox(options)).ready;
}

/**
 * Starts the sandbox: PID 1 of a new pid and network namespace, and of a user namespace where the caller is not root.
 * The sandbox ends when the session's descriptor is closed. `setpriv --pdeathsig` and `unshare --kill-child` also end an inside that hangs.
 *
 * It resolves when the processes have been started, so that the caller can do other work meanwhile.
 * @returns `ready` rejects with an EnvironmentError, with remedies, where this machine does not allow a sandbox. It rejects with an
 * InternalError where the sandbox died.
 * @throws EnvironmentError where a needed command is not installed, or a limit or capability is known to be too low
 */
export async function startSandbox({ startsPrograms = false, isAlone = false, signal }: LaunchOptions = {}): Promise<{
  ready: Promise<Sandbox>;
}> {
  const { execa } = await import('execa');
  const rootless = process.getuid?.() !== 0;
  const child = execa(findCommand('setpriv'), makeArguments(rootless, { startsPrograms, isAlone }), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    buffer: false,
    // The environment is fixed: neither the caller's NODE_OPTIONS nor another variable changes how a program runs.
    // Blocking clients wait in libuv's thread pool. By default it has four threads: the fifth client would wait for the first.
    env: { PATH: getCommandPath(), LC_ALL: 'C', UV_THREADPOOL_SIZE: `${BLOCKING_THREADS}` },
    extendEnv: false,
    // The caller's folder may be deleted, or closed to the sandbox.
    cwd: '/',
    // A process group of its own: Ctrl-C in the terminal must not reach the helpers.
    detached: true,
    reject: false,
    cleanup: false,
  });
  if (child.pid === undefined) {
    throw makeSpawnError((await child).code);
  }
  const stream = child.stdio[3] as Duplex;
  let log = '';
  child.stderr?.on('data', (chunk) => (log = `${log}${String(chunk)}`.slice(-LOG_LIMIT)));
  const session = new SessionClient(stream);
  let isReady = false;
  // Waits for the exit of unshare, not for the end of its output. An inside that outlives unshare (killed between fork and prctl) holds the
  // output open.
  // Closing the session's stream ends this inside too.
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      stream.destroy();
      void Promise.race([child, sleep(STDERR_WAIT_MS, undefined, { ref: false })]).then(() => {
        session.fail(toError({ exitCode, signal }, log, isReady));
        resolve();
      });
    });
  });
  const giveUp = (error: Error) => {
    session.fail(error);
    child.kill('SIGKILL');
  };
  const abort = () => giveUp(new InternalError('aborted'));
  signal?.addEventListener('abort', abort, { once: true });
  const deadline = setTimeout(() => giveUp(makeTooLateError()), START_LIMIT_MS);
  const becomeReady = async () => {
    try {
      await session.ready;
      isReady = true;
    } catch (error) {
      throw error instanceof EnvironmentError && error.remedies.length === 0
        ? new EnvironmentError(error.message, findRemedies(readSurroundings(), error.message))
        : error;
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', abort);
    }
    return {
      rootless,
      mostWorlds: isAlone ? 1 : countAffordableWorlds(),
      session,
      namespaces: { keeper: child.pid ?? 0, isOfUser: rootless },
      async end(reason = new InternalError('the sandbox was ended')) {
        session.fail(reason);
        stream.end();
        const deadline = setTimeout(() => child.kill('SIGKILL'), END_LIMIT_MS);
        await ended;
        clearTimeout(deadline);
      },
    };
  };
  const ready = becomeReady();
  ready.catch(() => {}); // a caller that awaits `ready` later still gets the error
  return { ready };
}

function makeArguments(rootless: boolean, how: Pick<InsideOptions, 'startsPrograms' | 'isAlone'>): string[] {
  const callersNamespace = getNetworkNamespace(); // the first access to /proc: it reports a missing /proc
  const dropPrivilege = !rootless && isUnprivilegedIdMapped();
  assertStartable({ isRoot: !rootless, dropPrivilege });
  const options: InsideOptions = { callersNamespace, dropPrivilege, ...how };
  return [
    ...['--pdeathsig', 'KILL', '--'],
    ...[findCommand('unshare'), '--net', '--pid', '--fork', '--kill-child'],
    ...(rootless ? ['--user', '--map-root-user'] : []),
    ...['--', process.execPath, fileURLToPath(new URL('./pid1.js', import.meta.url)), JSON.stringify(options)],
  ];
}

function makeSpawnError(code: string | undefined): EnvironmentError {
  const message = 'cannot start the sandbox';
  const shortage = getShortage(code);
  if (shortage !== null) {
    return makeShortageError(message, shortage);
  }
  return existsSync('/dev/null')
    ? new EnvironmentError(`${message}: setpriv cannot be run: ${code ?? 'unknown error'}`)
    : new EnvironmentError(`${message}: /dev/null is not there`, [
        'as root, mknod --mode 666 /dev/null c 1 3; in a chroot, mount --bind /dev CHROOT/dev before it is entered',
      ]);
}

function makeTooLateError(): EnvironmentError {
  return new EnvironmentError(`cannot start the sandbox: it was not ready after ${START_LIMIT_MS} ms`, [
    `start loopfw when the machine has less to do; look whether ${findCommand('setpriv')} and ${findCommand('unshare')} are those of util-linux`,
  ]);
}

/** The shortage behind a crash without a message: Node.js does not always report missing memory or a missing thread (libuv aborts). */
function findSilentShortage(signal: string | null): Shortage | null {
  if (signal === null || !['SIGABRT', 'SIGSEGV', 'SIGTRAP', 'SIGILL'].includes(signal)) {
    return null;
  }
  const { addressSpaceBytes, processes } = readLimits();
  if (addressSpaceBytes !== null) {
    return SHORTAGES.ENOMEM;
  }
  return processes !== null && processes < LOW_PROCESSES ? SHORTAGES.EAGAIN : null;
}

/**
 * The reason why the sandbox has ended. Before it is ready, setpriv and unshare report denials on standard error. Node.js reports at any
 * time what it has run out of. Any other end is an InternalError.
 */
function toError({ exitCode, signal }: ProcessEnd, log: string, wasReady: boolean): Error {
  // "sigprocmask unblock failed" is no denial: unshare of util-linux 2.38 prints it when its child has been killed.
  const denied = /^(setpriv|unshare): (?!sigprocmask).*$/m.exec(log);
  const shortage = findShortageIn(log) ?? findSilentShortage(signal);
  if (denied !== null && !wasReady) {
    return new EnvironmentError(`cannot start the sandbox: ${denied[0]}`, shortage === null ? [] : [shortage.remedy]);
  }
  if (shortage !== null) {
    return makeShortageError(wasReady ? 'the sandbox died' : 'cannot start the sandbox', shortage);
  }
  const how = signal === null ? `exit code ${exitCode}` : `signal ${signal}`;
  return new InternalError(`the sandbox died (${how})${log.trim() === '' ? '' : `: ${log.trim()}`}`);
}
