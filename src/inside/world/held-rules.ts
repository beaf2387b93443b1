import { hasCommand, IPTABLES_COMMANDS } from '../../kernel/process/find-command.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { CommandError } from '../../model/errors.js';
import type { HeldRules } from '../../model/message.js';
import type { Family } from '../../model/rule.js';

const FAMILIES: Family[] = ['ipv4', 'ipv6'];
/** Asked for where it is not known which tables there are. */
const USUAL_TABLES = ['raw', 'mangle', 'nat', 'filter'];

/**
 * Reads all rules that the kernel holds in this namespace, whoever has made them.
 * @param legacyTables the tables that iptables-legacy has; null where they are not known
 */
export function readHeldRules(legacyTables: Record<Family, string[]> | null, commands: CommandRunner): HeldRules {
  const saves = FAMILIES.flatMap((family) => {
    const [nft, legacy] = [IPTABLES_COMMANDS.nft[family].save, IPTABLES_COMMANDS.legacy[family].save];
    const tables = hasCommand(legacy) ? (legacyTables?.[family] ?? USUAL_TABLES) : [];
    return [
      ...(hasCommand(nft) ? [{ backend: 'nft' as const, family, text: commands.read(nft, []) }] : []),
      { backend: 'legacy' as const, family, text: tables.map((table) => readTable(legacy, table, commands)).join('') },
    ];
  });
  return { saves, native: hasCommand('nft') ? commands.read('nft', ['-s', 'list', 'ruleset']) : '' };
}

/** A table in the format of iptables-save; '' where the kernel does not have it. */
function readTable(save: (typeof IPTABLES_COMMANDS)['legacy'][Family]['save'], table: string, commands: CommandRunner): string {
  try {
    return commands.read(save, ['-t', table]);
  } catch (error) {
    if (error instanceof CommandError) {
      return '';
    }
    throw error;
  }
}
