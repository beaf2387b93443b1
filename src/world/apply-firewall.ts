import { InternalError } from '../errors.js';
import { listRuleHandles } from '../kernel/list-rule-handles.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { ChainHandles } from '../model/evidence.js';
import type { IptablesFirewall } from '../model/plan.js';
import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { runRestore } from './run-restore.js';

/**
 * Gives a family's rule set to the kernel and reads back what the kernel calls each rule; legacy counts them instead.
 * @throws CommandError where iptables refuses it · InternalError where the kernel holds another number of rules
 */
export async function applyFirewall(firewall: IptablesFirewall, commands: CommandRunner): Promise<ChainHandles[]> {
  const { backend, family, restore, chains } = firewall;
  await runRestore(IPTABLES_COMMANDS[backend][family].restore, restore, commands);
  if (backend === 'legacy') {
    return [];
  }
  const handles = listRuleHandles(family);
  const counts = new Map(handles.map((own) => [`${own.table} ${own.chain}`, own.handles.length]));
  for (const { table, name, lines } of chains) {
    const count = counts.get(`${table} ${name}`) ?? 0;
    if (count !== lines.length) {
      throw new InternalError(`chain ${name} of table ${table} should hold ${lines.length} rules, and the kernel holds ${count}`);
    }
  }
  return handles;
}
