import { InternalError } from '../errors.js';
import { listRuleHandles } from '../kernel/list-rule-handles.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { RuleHandle } from '../model/evidence.js';
import type { IptablesFirewall } from '../model/plan.js';
import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';

/**
 * Gives a family's rule set to the kernel in one restore and reads back what the kernel calls each rule; legacy counts them instead.
 * @throws CommandError where iptables refuses it · InternalError where the kernel holds another number of rules
 */
export async function applyFirewall(firewall: IptablesFirewall, commands: CommandRunner): Promise<RuleHandle[]> {
  const { backend, family, restore, chains } = firewall;
  await commands.run(IPTABLES_COMMANDS[backend][family].restore, [], restore);
  if (backend === 'legacy') {
    return [];
  }
  const handles = listRuleHandles(family);
  for (const chain of chains) {
    const found = handles.filter((handle) => handle.table === chain.table && handle.chain === chain.name).length;
    if (found !== chain.lines.length) {
      throw new InternalError(
        `chain ${chain.name} of table ${chain.table} should hold ${chain.lines.length} rules, and the kernel holds ${found}`,
      );
    }
  }
  return handles;
}
