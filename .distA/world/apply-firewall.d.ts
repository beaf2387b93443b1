import type { CommandRunner } from '../kernel/run-command.js';
import type { HeldRule } from '../model/evidence.js';
import type { IptablesFirewall } from '../model/plan.js';
/**
 * Gives a family's rule set to the kernel and reads back what the kernel calls each rule; legacy counts them instead.
 * @throws CommandError where iptables refuses it · InternalError where the kernel holds another number of rules
 */
export declare function applyFirewall(firewall: IptablesFirewall, commands: CommandRunner): Promise<HeldRule[]>;
