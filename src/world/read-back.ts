import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { listRules } from '../kernel/list-rules.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { FoundRules, HeldChain } from '../model/evidence.js';
import type { FamilyRules } from '../model/plan.js';
import type { Backend } from '../model/result.js';

/**
 * Reads what the kernel holds of a family's rules now, with counters.
 *
 * @param applied what the kernel held when the rules were applied. A rule that changes gets a new handle. So plain rules with the same
 * handles need no iptables-save, which takes as long as the rest of a small scenario.
 */
export function readBack(rules: FamilyRules, backend: Backend, applied: HeldChain[], commands: CommandRunner): FoundRules {
  if (backend === 'nft' && rules.isPlain) {
    const chains = listRules(rules.family);
    if (getHandles(chains) === getHandles(applied)) {
      return { chains };
    }
  }
  return { text: save(rules, backend, commands) };
}

function save({ family, chains }: FamilyRules, backend: Backend, commands: CommandRunner): string {
  const { save } = IPTABLES_COMMANDS[backend][family];
  if (backend === 'nft') {
    return commands.run(save, ['-c']);
  }
  // Without root, iptables-legacy-save cannot read the list of tables. It is called for each table.
  const tables = [...new Set(chains.map((chain) => chain.table))];
  return tables.map((table) => commands.run(save, ['-c', '-t', table])).join('');
}

function getHandles(chains: HeldChain[]): string {
  return JSON.stringify(chains.map(({ table, chain, handles }) => [table, chain, handles]));
}
