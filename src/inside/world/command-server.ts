import { accessSync, constants } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BackgroundCommand, OutputTail } from '../../kernel/process/background.js';
import { findCommand, getCommandPath } from '../../kernel/process/find-command.js';
import { explainUser, hasGivenUpRoot, PROGRAM_ID } from '../../kernel/process/identity.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { PortTable } from '../../kernel/sockets/port-table.js';
import { EnvironmentError, UsageError } from '../../model/errors.js';
import { PROTOCOLS } from '../../model/protocols.js';
import type { Server, ServerCommand } from '../../model/scenario.js';
import type { RunningServer } from './servers.js';

const READY_LIMIT_MS = 10_000;
const PAUSE_MS = 5;
const STOP_GRACE_MS = 1000;
/** The longest time between the close of a program's sockets and the event that it has ended. */
const END_LAG_MS = 1000;
/** The time in which the last output of an ended program is read from its pipes. */
const OUTPUT_WAIT_MS = 50;
const LINES = 20;
/** The message of setpriv(1) about a program that does not exist, or that the user may not run. */
const REFUSAL = /^setpriv: failed to execute (.*): ([^:]*)$/;

/**
 * Drops every capability for good (capabilities(7)). If an ordinary user runs loopfw, the uid stays 0: in the user namespace that is the
 * caller's own uid. With an empty bounding set, it has no powers of root.
 */
const WITHOUT_PRIVILEGE = ['--no-new-privs', '--bounding-set', '-all', '--inh-caps', '-all', '--ambient-caps', '-all', '--'];

/**
 * Makes PROGRAM_ID the only user and group id, saved ids included. The supplementary groups are cleared already, and to clear them takes a
 * capability.
 */
const AS_ITSELF = ['--reuid', `${PROGRAM_ID}`, '--regid', `${PROGRAM_ID}`, '--keep-groups'];

/** Makes unshare(1) PID 1 of the pid namespace; it waits for the program. PID 1 ignores every signal that it has no handler for. */
const WITH_INIT = ['--fork', '--'];

/**
 * The program's own user namespace and System V IPC namespace. Programs of other worlds have the same user id. Without its own user
 * namespace, they could read its memory through the machine's /proc (ptrace(2)). IPC objects in the machine's namespace would remain after
 * the run.
 */
const APART = ['--user', '--map-current-user', '--keep-caps', '--ipc'];

/** PYTHONUNBUFFERED: Python buffers its output to a pipe, and the text that says "ready" would come late. */
const ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: 'C', HOME: '/nonexistent', PYTHONUNBUFFERED: '1' };

let isApartPossible: Promise<boolean> | null = null;

/**
 * Starts a program as a server, in the calling thread's network namespace and without any privilege. The promise resolves when the server
 * is ready.
 * @throws UsageError if it does not become ready in time
 * @throws EnvironmentError if it has no access to its folder
 */
export async function startCommandServer(server: Server, command: ServerCommand, commands: CommandRunner): Promise<CommandServer> {
  assertOpen(command.folder, server);
  const ports = new PortTable(PROTOCOLS[server.protocol].transport);
  isApartPossible ??= tryApart(commands);
  const running = await start(command.args, command.folder, await isApartPossible, commands);
  const started = new CommandServer(server, command, running, new OutputTail([running.stdout, running.stderr], command.ready), ports);
  try {
    await started.waitUntilReady();
    return started;
  } catch (error) {
    await started.stop();
    throw error;
  }
}

function assertOpen(folder: string, { name }: Server): void {
  try {
    accessSync(folder, constants.X_OK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new EnvironmentError(`server ${JSON.stringify(name)} cannot start in the folder ${folder} (${code})${explainUser()}`);
  }
}

/**
 * Whether programs can have their own user namespaces. Some machines deny them to ordinary users, and some grant them without capabilities.
 */
async function tryApart(commands: CommandRunner): Promise<boolean> {
  const trial = await start(['true'], '/', true, commands);
  await trial.ended;
  return trial.end === 'exit code 0';
}

function start(program: string[], folder: string, isApart: boolean, commands: CommandRunner): Promise<BackgroundCommand> {
  const [setpriv, unshare] = [findCommand('setpriv'), findCommand('unshare')];
  // An ordinary user may map uid 0 only with CAP_SETFCAP (user_namespaces(7)). So the capabilities are dropped after unshare(1).
  const asItself = hasGivenUpRoot() ? [setpriv, ...AS_ITSELF, ...WITHOUT_PRIVILEGE] : [];
  const [path = unshare, ...args] = [
    ...asItself,
    unshare,
    ...(isApart ? APART : []),
    ...WITH_INIT,
    setpriv,
    ...WITHOUT_PRIVILEGE,
    ...program,
  ];
  const ids = hasGivenUpRoot() ? { uid: PROGRAM_ID, gid: PROGRAM_ID } : {};
  return commands.start(path, args, { cwd: folder, env: ENVIRONMENT, hasOwnPidNamespace: true, ...ids });
}

/** A server that is a real program. */
class CommandServer implements RunningServer {
  readonly #server: Server;
  readonly #command: ServerCommand;
  readonly #running: BackgroundCommand;
  readonly #output: OutputTail;
  readonly #ports: PortTable;
  #wasHeld = false;

  constructor(server: Server, command: ServerCommand, running: BackgroundCommand, output: OutputTail, ports: PortTable) {
    this.#server = server;
    this.#command = command;
    this.#running = running;
    this.#output = output;
    this.#ports = ports;
  }

  /** @throws UsageError if it ends, or is not ready in time */
  async waitUntilReady(): Promise<void> {
    const started = performance.now();
    while (!this.#isReady()) {
      if (this.#running.end !== null) {
        throw await this.#makeError(`ended before it was ready (${this.#running.end})`);
      }
      if (performance.now() - started > READY_LIMIT_MS) {
        throw await this.#makeError(`was not ready after ${READY_LIMIT_MS / 1000} s: ${this.#describeWaiting()}`);
      }
      await sleep(PAUSE_MS);
    }
    this.#wasHeld = this.#isPortHeld();
  }

  /**
   * To be called after clients have seen something. If the program has ended, what they saw is no outcome.
   * @throws UsageError if it has ended
   */
  async assertRuns(): Promise<void> {
    const isHeld = this.#isPortHeld();
    if (this.#wasHeld && !isHeld) {
      await Promise.race([this.#running.ended, sleep(END_LAG_MS, undefined, { ref: false })]);
    }
    this.#wasHeld = isHeld;
    if (this.#running.end !== null) {
      throw await this.#makeError(`ended while probes ran (${this.#running.end}), so nothing that the clients saw is a verdict`);
    }
  }

  async stop(): Promise<void> {
    this.#ports.close();
    await this.#running.stop(STOP_GRACE_MS);
  }

  /** Whether the server is ready. The port's state is read from /proc/net: a connection would disturb a server that counts its clients. */
  #isReady(): boolean {
    return this.#command.ready === null ? this.#isPortHeld() : this.#output.hasWanted;
  }

  #isPortHeld(): boolean {
    return this.#ports.isHeld(this.#server.address, this.#server.port);
  }

  #describeWaiting(): string {
    const { protocol, address, port } = this.#server;
    return this.#command.ready === null
      ? `nothing ${PROTOCOLS[protocol].transport === 'udp' ? 'has bound' : 'listens on'} ${address} port ${port}`
      : `its output did not say ${JSON.stringify(this.#command.ready)} (many programs keep what they print into a pipe to themselves: stdbuf -oL may help, or leave "ready" out)`;
  }

  async #makeError(what: string): Promise<UsageError> {
    await sleep(OUTPUT_WAIT_MS);
    const name = `server ${JSON.stringify(this.#server.name)}`;
    const lines = this.#output.getLastLines(LINES);
    const refusal = REFUSAL.exec(lines.at(-1) ?? '');
    if (refusal !== null) {
      return new UsageError(`${name}: ${describeRefusal(refusal[1] ?? '', refusal[2] ?? '')}`);
    }
    const advice = this.#running.end === 'exit code 0' ? '; it must stay in the foreground, and serve more than one client' : '';
    const said = lines.length === 0 ? 'It printed nothing.' : `Its output ends with:\n${lines.join('\n')}`;
    return new UsageError(`${name}: ${this.#command.args[0]} ${what}${advice}. ${said}`);
  }
}

/**
 * Describes why a program cannot be run. If the user may not search a directory of PATH, execvp(3) fails with "Permission denied", even for
 * a program that does not exist. Directories of root are often closed to others. "No such file or directory" is true for every user.
 */
function describeRefusal(program: string, reason: string): string {
  const isMissing = reason === 'No such file or directory';
  const isSought = !program.includes('/');
  const where = isMissing ? 'it is not in PATH' : 'it is not in PATH, or closed to this user there';
  return `${program} cannot be run (${isSought ? where : reason})${isMissing ? '' : explainUser()}`;
}
