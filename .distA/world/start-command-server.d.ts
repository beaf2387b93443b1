import type { CommandRunner } from '../kernel/run-command.js';
import type { Server, ServerCommand } from '../model/scenario.js';
import { CommandServer } from './command-server.js';
/**
 * Starts a real program in the place of a server, in the calling thread's network namespace and without any privilege. It is ready
 * when the promise resolves.
 * @throws UsageError where it does not come to that in time · EnvironmentError where its folder is closed to it
 */
export declare function startCommandServer(server: Server, command: ServerCommand, commands: CommandRunner): Promise<CommandServer>;
