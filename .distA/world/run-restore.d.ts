import type { CommandName } from '../kernel/find-command.js';
import type { CommandRunner } from '../kernel/run-command.js';
/** Gives a text to a restore command: whole if the kernel takes it so, else in pieces that get smaller until it does. */
export declare function runRestore(command: CommandName, restore: string, commands: CommandRunner): Promise<void>;
