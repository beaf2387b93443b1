import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { getNetworkNamespace } from '../kernel/network/namespace-name.js';
import { findCommand, getCommandPath } from '../kernel/process/find-command.js';
import { isUnprivilegedIdMapped } from '../kernel/process/identity.js';
import { findShortageIn, getShortage, makeShortageError, type Shortage, SHORTAGES } from '../kernel/process/shortage.js';
import { readLimits } from '../kernel/process/surroundings.js';
import { EnvironmentError, InternalError } from '../model/errors.js';
import { BLOCKING_THREADS } from '../model/protocols.js';
import { SessionClient } from './client.js';
import { isRootless } from './machine/ids.js';
import { assertStartable, isThreadLimitNear } from './machine/limits.js';
import type { InsideOptions } from './wire.js';

/** How long to wait for the last standard error of unshare after its exit. */
const STDERR_WAIT_MS = 200;
const LOG_LIMIT = 1 << 16;
/** With a higher limit (ulimit -u) a crash has another reason than a missing thread. */
const LOW_PROCESSES = 256;

/** The processes of a sandbox: setpriv, which becomes unshare, and below it the inside. */
export interface SandboxProcesses {
  /** The pid of unshare, which keeps the namespaces. */
  keeper: number;
  /** Whether they run in a user namespace, without privilege. */
  rootless: boolean;
  session: SessionClient;
  /** Resolves after the exit of unshare. The session has then failed with the reason. */
  ended: Promise<void>;
  /** Closes the session. The inside then ends, and everything below it. */
  close(): void;
  kill(): void;
  /** The processes do not keep this one alive any more. */
  unref(): void;
}

/** none: no program is started from outside. weak, strong: one is, without or with rights over its world's network. */
export type HostedProgram = 'none' | 'weak' | 'strong';

export interface ProcessOptions {
  /** Without root: for a program the sandbox has the caller's user id. Otherwise it has the id 0. */
  program: HostedProgram;
}

const AS_CALLER = ['--map-current-user', '--keep-caps'];

let early: Promise<SandboxProcesses> | null = null;

/**
 * Starts the processes before it is known whether a sandbox is needed: Node.js takes 20 ms to start inside, and most of loopfw is loaded
 * outside meanwhile. Near the limit of threads nothing is started, because the later checks would count these processes.
 */
export function startEarly(options: ProcessOptions): void {
  if (!isThreadLimitNear()) {
    early = startProcesses(options);
    early.catch(() => {}); // takeProcesses() hands the error on
  }
}

/** The processes that were started early, otherwise new ones. @throws the errors of startProcesses */
export function takeProcesses(options: ProcessOptions): Promise<SandboxProcesses> {
  const taken = early ?? startProcesses(options);
  early = null;
  return taken;
}

/** Ends the processes that were started early and that nothing has taken. */
export async function endUnused(): Promise<void> {
  const unused = await early?.catch(() => null);
  unused?.close();
  unused?.kill();
}

/**
 * Starts the processes, before the first wait: PID 1 of a new pid and network namespace, and of a user namespace where the caller is not
 * root. They end when the session's descriptor is closed. `setpriv --pdeathsig` and `unshare --kill-child` also end an inside that hangs.
 *
 * This is Node.js's own spawn(): execa takes 8 ms to load, and nothing else of loopfw runs before the sandbox starts.
 * @throws EnvironmentError where a needed command is not installed, or a limit or capability is known to be too low
 */
async function startProcesses({ program }: ProcessOptions): Promise<SandboxProcesses> {
  const rootless = isRootless();
  const child = spawnDetached(findCommand('setpriv'), makeArguments(rootless, program));
  if (child.pid === undefined) {
    const [error] = (await once(child, 'error')) as [NodeJS.ErrnoException];
    throw makeSpawnError(error.code);
  }
  const stream = child.stdio[3] as Socket;
  let log = '';
  child.stderr?.on('data', (chunk) => (log = `${log}${String(chunk)}`.slice(-LOG_LIMIT)));
  const session = new SessionClient(stream);
  // Waits for the exit of unshare, not for the end of its output. An inside that outlives unshare (killed between fork and prctl) holds the
  // output open.
  // Closing the session's stream ends this inside too.
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      stream.destroy();
      void Promise.race([once(child, 'close'), sleep(STDERR_WAIT_MS, undefined, { ref: false })]).then(() => {
        session.fail(toError({ exitCode, signal }, log, session.isReady));
        resolve();
      });
    });
  });
  return {
    ...{ keeper: child.pid, rootless, session, ended },
    close: () => stream.destroy(), // at once: end() would wait for the next turn of the event loop
    kill: () => child.kill('SIGKILL'),
    unref: () => [child, stream, child.stderr as Socket].forEach((each) => each.unref()),
  };
}

function spawnDetached(path: string, args: string[]): ChildProcess {
  try {
    return spawn(path, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // The environment is fixed: neither the caller's NODE_OPTIONS nor another variable changes how a program runs.
      // Blocking clients wait in libuv's thread pool. By default it has four threads: the fifth client would wait for the first.
      env: { PATH: getCommandPath(), LC_ALL: 'C', UV_THREADPOOL_SIZE: `${BLOCKING_THREADS}` },
      // The caller's folder may be deleted, or closed to the sandbox.
      cwd: '/',
      // A process group of its own: Ctrl-C in the terminal must not reach the helpers.
      detached: true,
    });
  } catch (error) {
    throw makeSpawnError((error as NodeJS.ErrnoException).code);
  }
}

function makeArguments(rootless: boolean, program: HostedProgram): string[] {
  const callersNamespace = getNetworkNamespace(); // the first access to /proc: it reports a missing /proc
  const dropPrivilege = !rootless && isUnprivilegedIdMapped();
  assertStartable({ isRoot: !rootless, dropPrivilege });
  const options: InsideOptions = { callersNamespace, dropPrivilege };
  const unshare = findCommand('unshare');
  const user = rootless ? ['--user', ...(program === 'none' ? ['--map-root-user'] : AS_CALLER)] : [];
  return [
    ...['--pdeathsig', 'KILL', '--'],
    ...(rootless && program === 'strong' ? [unshare, '--user', ...AS_CALLER, '--fork', '--kill-child', '--'] : []),
    ...[unshare, '--net', '--pid', '--fork', '--kill-child', ...user],
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
function toError({ exitCode, signal }: { exitCode: number | null; signal: string | null }, log: string, wasReady: boolean): Error {
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
