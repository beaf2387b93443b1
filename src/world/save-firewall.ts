import type { CommandRunner } from '../kernel/run-command.js';
import type { IptablesFirewall } from '../model/plan.js';
import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';

/** What iptables-save says of a family's rule set, counters included. */
export async function saveFirewall({ backend, family, chains }: IptablesFirewall, commands: CommandRunner): Promise<string> {
  const { save } = IPTABLES_COMMANDS[backend][family];
  if (backend === 'nft') {
    return commands.run(save, ['-c']);
  }
  // Without root the legacy command cannot read which tables there are, and must be told.
  const tables = [...new Set(chains.map((chain) => chain.table))];
  return (await Promise.all(tables.map((table) => commands.run(save, ['-c', '-t', table])))).join('');
}
