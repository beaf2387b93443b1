import { IPTABLES_COMMANDS } from '../kernel/iptables-commands.js';
import { listRules } from '../kernel/list-rules.js';
import type { CommandRunner } from '../kernel/run-command.js';
import type { FoundRules, HeldChain } from '../model/evidence.js';
import type { FamilyRules } from '../model/plan.js';
import type { Backend } from '../model/result.js';

/**
 * What the kernel holds of a family's rules now, counters included.
 *
 * @param applied what it held when they were applied. A rule that changes gets another handle: plain ones that still have theirs need
 * not be read by iptables-save, which takes as long as all the rest of a small scenario.
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
  // Without root the legacy command cannot read which tables there are, and must be told.
  const tables = [...new Set(chains.map((chain) => chain.table))];
  return tables.map((table) => commands.run(save, ['-c', '-t', table])).join('');
}

function getHandles(chains: HeldChain[]): string {
  return JSON.stringify(chains.map(({ table, chain, handles }) => [table, chain, handles]));
}
