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
 * Takes every right away, for good (capabilities(7)). Where loopfw is not root the uid stays: uid 0 is the caller's own, which an empty bounding
 * set leaves without root's powers.
 */
const WITHOUT_PRIVILEGE = ['--no-new-privs', '--bounding-set', '-all', '--inh-caps', '-all', '--ambient-caps', '-all', '--'];

/** What makes the thread's saved ids the program's only ones. Its groups are gone already, and to clear them takes a capability. */
const AS_ITSELF = ['--reuid', `${PROGRAM_ID}`, '--regid', `${PROGRAM_ID}`, '--keep-groups'];

/** The first process of a pid namespace obeys no signal that it has no handler for: unshare(1) is that process, and waits for the program. */
const WITH_INIT = ['--fork', '--'];

/**
 * A user namespace of its own: programs of other worlds have the same user id, and the machine's /proc would show them its memory (ptrace(2)). And one
 * of System V's IPC: what is in the machine's would stay.
 */
const APART = ['--user', '--map-current-user', '--keep-caps', '--ipc'];

let isApartPossible: Promise<boolean> | null = null;

/** Python would keep what it prints into a pipe to itself, and with it the text that says that it is ready. */
const ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: 'C', HOME: '/nonexistent', PYTHONUNBUFFERED: '1' };

/**
 * Starts a real program in the place of a server, in the calling thread's network namespace and without any privilege. It is ready
 * when the promise resolves.
 * @throws UsageError where it does not come to that in time · EnvironmentError where its folder is closed to it
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
  // For an ordinary user the kernel takes a map of uid 0 only from who has rights still (CAP_SETFCAP, user_namespaces(7)): they are given up behind it.
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

/** Whether programs may have user namespaces: some machines deny them to who is not root, and some give them without their rights. */
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
