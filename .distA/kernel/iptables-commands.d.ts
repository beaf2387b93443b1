import type { CommandName } from './find-command.js';
import type { Backend } from '../model/result.js';
import type { Family } from '../model/rule.js';
interface IptablesCommands {
    restore: CommandName;
    save: CommandName;
}
export declare const IPTABLES_COMMANDS: Record<Backend, Record<Family, IptablesCommands>>;
export {};
