import { type CommandName } from '../kernel/find-command.js';
import type { CommandSet } from '../model/examination.js';
import type { Surroundings } from '../model/surroundings.js';
/** What can be told of this machine without a sandbox. */
export interface Host {
    surroundings: Surroundings;
    openFiles: number | null;
    hasIPv6: boolean;
    commands: Record<CommandSet, CommandState[]>;
}
interface CommandState {
    name: CommandName;
    isThere: boolean;
    howToInstall: string;
}
export declare function examineHost(): Host;
export {};
