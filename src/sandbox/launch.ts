import { findCommand } from '../kernel/process/find-command.js';
import { readSurroundings } from '../kernel/process/surroundings.js';
import { EnvironmentError, InternalError } from '../model/errors.js';
import type { SessionClient } from './client.js';
import { countAffordableWorlds } from './machine/limits.js';
import { type HostedProgram, takeProcesses } from './processes.js';
import { findRemedies } from './machine/remedies.js';

/** How long the sandbox may take to end before it is killed. It needs about 10 ms, unless its only world waits for a command. */
const END_LIMIT_MS = 2000;
const START_LIMIT_MS = 30_000;

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
  /** The sandbox does not keep this process alive any more: what waits for an answer has to. */
  unref(): void;
}

/** The namespaces of the sandbox. A process of the caller keeps them, so that the process that launched the sandbox may enter them. */
export interface Namespaces {
  /** The pid of that process (unshare). */
  keeper: number;
  /** Whether they include a user namespace. */
  isOfUser: boolean;
  program: HostedProgram;
}

export interface LaunchOptions {
  /** Whether scenarios may start programs of their own. */
  startsPrograms?: boolean;
  /** Whether one world at a time is enough. It is ready some 40 ms earlier than the first of several worlds. */
  isAlone?: boolean;
  /** Whether a client has a user of its own. Root must know it before the sandbox gives up root; else nothing waits for it. It never rejects. */
  hasUsers?: boolean | Promise<boolean>;
  /** Whether the caller will start a program in the sandbox. Without root, the sandbox then has the caller's user id instead of 0. */
  program?: HostedProgram;
  /** Stops the start of the sandbox. It has no effect after the sandbox is ready. */
  signal?: AbortSignal | undefined;
}

/**
 * Starts the sandbox and resolves when it is ready. Its processes are started before the first wait, so that the caller can do other work
 * meanwhile. Processes that startEarly() has started are taken.
 * @throws the errors of startProcesses
 * @throws EnvironmentError, with remedies, where this machine does not allow a sandbox
 * @throws InternalError where the sandbox died
 */
export async function launchSandbox({
  startsPrograms = false,
  isAlone = false,
  hasUsers = false,
  program = 'none',
  signal,
}: LaunchOptions = {}): Promise<Sandbox> {
  const processes = await takeProcesses({ program });
  const { keeper, rootless, session } = processes;
  const giveUp = (error: Error) => {
    session.fail(error);
    processes.kill();
  };
  const abort = () => giveUp(new InternalError('aborted'));
  signal?.addEventListener('abort', abort, { once: true });
  let deadline: NodeJS.Timeout | undefined;
  const begin = (withUsers: boolean) => {
    session.begin({ startsPrograms, isAlone, hasUsers: withUsers, hostsProgram: program !== 'none' });
    deadline = setTimeout(() => giveUp(makeTooLateError()), START_LIMIT_MS);
  };
  if (rootless || typeof hasUsers === 'boolean') {
    begin(!rootless && hasUsers === true);
  } else {
    void hasUsers.then((withUsers) => (session.hasFailed ? undefined : begin(withUsers)));
  }
  try {
    await session.ready;
  } catch (error) {
    throw error instanceof EnvironmentError && error.remedies.length === 0
      ? new EnvironmentError(error.summary, findRemedies(readSurroundings(), error.summary))
      : error;
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', abort);
  }
  return {
    rootless,
    mostWorlds: isAlone ? 1 : countAffordableWorlds(),
    session,
    namespaces: { keeper, isOfUser: rootless, program },
    unref: () => processes.unref(),
    async end(reason = new InternalError('the sandbox was ended')) {
      session.fail(reason);
      processes.close();
      const deadline = setTimeout(() => processes.kill(), END_LIMIT_MS);
      await processes.ended;
      clearTimeout(deadline);
    },
  };
}

function makeTooLateError(): EnvironmentError {
  return new EnvironmentError(`cannot start the sandbox: it was not ready after ${START_LIMIT_MS} ms`, [
    `start loopfw when the machine has less to do; look whether ${findCommand('setpriv')} and ${findCommand('unshare')} are those of util-linux`,
  ]);
}
