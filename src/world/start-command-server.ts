import { accessSync, constants } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import { findCommand, getCommandPath } from '../kernel/find-command.js';
import type { BackgroundCommand } from '../kernel/background-command.js';
import { OutputTail } from '../kernel/output-tail.js';
import { PortTable } from '../kernel/port-table.js';
import type { CommandRunner } from '../kernel/run-command.js';
import { explainUser, hasGivenUpRoot, PROGRAM_ID } from '../kernel/unprivileged-id.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { Server, ServerCommand } from '../model/scenario.js';
import { CommandServer } from './command-server.js';

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

let isApartPossible: Promise<boolean> | null = null;

/** PYTHONUNBUFFERED: Python buffers its output to a pipe, and the text that says "ready" would come late. */
const ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: 'C', HOME: '/nonexistent', PYTHONUNBUFFERED: '1' };

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
  return commands.start(path, args, { cwd: folder, env: ENVIRONMENT, isApart: true, ...ids });
}

/**
 * Whether programs can have their own user namespaces. Some machines deny them to ordinary users, and some grant them without capabilities.
 */
async function tryApart(commands: CommandRunner): Promise<boolean> {
  const trial = await start(['true'], '/', true, commands);
  await trial.ended;
  return trial.end === 'exit code 0';
}

function assertOpen(folder: string, { name }: Server): void {
  try {
    accessSync(folder, constants.X_OK);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new EnvironmentError(`server ${JSON.stringify(name)} cannot start in the folder ${folder} (${code})${explainUser()}`);
  }
}
