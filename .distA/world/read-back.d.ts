import type { CommandRunner } from '../kernel/run-command.js';
import type { FoundFirewall, HeldRule } from '../model/evidence.js';
import type { IptablesFirewall } from '../model/plan.js';
/**
 * What the kernel holds of a family's rule set now, counters included.
 *
 * @param applied what it held when the rule set was applied. A rule that changes gets another handle: plain ones that still have theirs need
 * not be read by iptables-save, which takes as long as all the rest of a small scenario.
 */
export declare function readBack(firewall: IptablesFirewall, applied: HeldRule[], commands: CommandRunner): Promise<FoundFirewall>;
