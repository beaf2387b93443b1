import { accessSync, constants } from 'node:fs';
import { EnvironmentError } from '../errors.js';
import { findCommand, getCommandPath } from '../kernel/find-command.js';
import { OutputTail } from '../kernel/output-tail.js';
import { PortTable } from '../kernel/port-table.js';
import type { CommandRunner } from '../kernel/run-command.js';
import { explainUser } from '../kernel/unprivileged-id.js';
import type { Server, ServerCommand } from '../model/scenario.js';
import { CommandServer } from './command-server.js';

/**
 * Takes every right away, for good (capabilities(7)). The uid stays: as root the thread is an ordinary user already, and else uid 0 is
 * the caller's own, which an empty bounding set leaves without root's powers.
 */
const WITHOUT_PRIVILEGE = ['--no-new-privs', '--bounding-set', '-all', '--inh-caps', '-all', '--ambient-caps', '-all', '--'];

/** Python would keep what it prints into a pipe to itself, and with it the text that says that it is ready. */
const ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: 'C', HOME: '/nonexistent', PYTHONUNBUFFERED: '1' };

/**
 * Starts a real program in the place of a server, in the calling thread's network namespace and without any privilege. It is ready
 * when the promise resolves.
 * @throws UsageError where it does not come to that in time · EnvironmentError where its folder is closed to it
 */
export async function startCommandServer(server: Server, command: ServerCommand, commands: CommandRunner): Promise<CommandServer> {
  assertOpen(command.folder, server);
  const ports = new PortTable(server.protocol === 'udp' ? 'udp' : 'tcp');
  const options = { cwd: command.folder, env: ENVIRONMENT };
  const running = await commands.start(findCommand('setpriv'), [...WITHOUT_PRIVILEGE, ...command.args], options);
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
