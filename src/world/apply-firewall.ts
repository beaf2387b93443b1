import { InternalError } from '../errors.js';
import { listRules } from '../kernel/list-rules.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { HeldChain } from '../model/evidence.js';
import type { IptablesFirewall } from '../model/plan.js';
import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { runRestore } from './run-restore.js';

/**
 * Gives a family's rule set to the kernel and reads back what the kernel calls each rule; legacy counts them instead.
 * @throws CommandError where iptables refuses it · InternalError where the kernel holds another number of rules
 */
export function applyFirewall(firewall: IptablesFirewall, commands: CommandRunner): HeldChain[] {
  const { backend, family, restore, chains } = firewall;
  runRestore(IPTABLES_COMMANDS[backend][family].restore, restore, commands);
  if (backend === 'legacy') {
    return [];
  }
  const held = listRules(family);
  const counts = new Map(held.map((own) => [`${own.table} ${own.chain}`, own.handles.length]));
  for (const { table, name, lines } of chains) {
    const count = counts.get(`${table} ${name}`) ?? 0;
    if (count !== lines.length) {
      throw new InternalError(`chain ${name} of table ${table} should hold ${lines.length} rules, and the kernel holds ${count}`);
    }
  }
  return held;
}
