import { InternalError } from '../errors.js';
import { listRules } from '../kernel/list-rules.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { HeldChain } from '../model/evidence.js';
import type { FamilyRules } from '../model/plan.js';
import type { Backend } from '../model/result.js';
import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { runRestore } from './run-restore.js';

/**
 * Gives a family's rules to the kernel and reads back what the kernel calls each rule; legacy counts them instead.
 * @throws CommandError where iptables refuses it · InternalError where the kernel holds another number of rules
 */
export function applyFirewall({ family, restore, chains }: FamilyRules, backend: Backend, commands: CommandRunner): HeldChain[] {
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
