import { listRules } from '../../kernel/netlink/list-rules.js';
import { IPTABLES_COMMANDS } from '../../kernel/process/find-command.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { InternalError } from '../../model/errors.js';
import type { FoundRules, HeldChain } from '../../model/evidence.js';
import type { FamilyRules, RulePart } from '../../model/plan.js';
import type { Backend } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { runAddition, runRestore } from './restore.js';

/** The tables of iptables. Native rules may have tables of the same family. */
export const IPTABLES_TABLES: ReadonlySet<string> = new Set(['raw', 'mangle', 'nat', 'filter', 'security']);

/**
 * Applies the rules of a family. Returns the handles that the kernel gives to the rules; with the legacy back end, which has none, an empty
 * list.
 * @throws CommandError if iptables refuses the rules
 * @throws InternalError if the kernel holds another number of rules
 */
export function applyFamily(rules: FamilyRules, backend: Backend, commands: CommandRunner): HeldChain[] {
  runRestore(IPTABLES_COMMANDS[backend][rules.family].restore, rules.restore, commands);
  return listFamily(rules, backend);
}

/** Applies a part of a mixed rule set. */
export function applyPart({ backend, restores }: Extract<RulePart, { kind: 'iptables' }>, commands: CommandRunner): void {
  for (const { family, text, addsTo } of restores) {
    (addsTo ? runAddition : runRestore)(IPTABLES_COMMANDS[backend][family].restore, text, commands);
  }
}

/**
 * The handles of the rules that the kernel holds of a family; with the legacy back end, which has none, an empty list.
 * @throws InternalError if the kernel holds another number of rules
 */
export function listFamily({ family, chains }: FamilyRules, backend: Backend): HeldChain[] {
  if (backend === 'legacy') {
    return [];
  }
  const held = listOwnRules(family);
  const counts = new Map(held.map((own) => [`${own.table} ${own.chain}`, own.handles.length]));
  for (const { table, name, lines } of chains) {
    const count = counts.get(`${table} ${name}`) ?? 0;
    if (count !== lines.length) {
      throw new InternalError(`chain ${name} of table ${table} should hold ${lines.length} rules, and the kernel holds ${count}`);
    }
  }
  return held;
}

/**
 * Reads what the kernel holds of a family's rules now, with counters.
 *
 * @param applied what the kernel held when the rules were applied. A rule that changes gets a new handle. So plain rules with the same
 * handles need no iptables-save, which takes as long as the rest of a small scenario.
 */
export function readBack(rules: FamilyRules, backend: Backend, applied: HeldChain[], commands: CommandRunner): FoundRules {
  if (backend === 'nft' && rules.isPlain) {
    const held = listOwnRules(rules.family);
    if (held.length === applied.length && held.every((chain, place) => hasSameRules(chain, applied[place]))) {
      return { chains: held.map(({ family, table, chain, packets, bytes }) => ({ family, table, chain, packets, bytes })) };
    }
  }
  return { text: save(rules, backend, commands) };
}

function listOwnRules(family: Family): HeldChain[] {
  return listRules(family).filter(({ table }) => IPTABLES_TABLES.has(table));
}

function save({ family, chains }: FamilyRules, backend: Backend, commands: CommandRunner): string {
  const { save } = IPTABLES_COMMANDS[backend][family];
  if (backend === 'nft') {
    return commands.read(save, ['-c']);
  }
  // Without root, iptables-legacy-save cannot read the list of tables. It is called for each table.
  const tables = [...new Set(chains.map((chain) => chain.table))];
  return tables.map((table) => commands.read(save, ['-c', '-t', table])).join('');
}

function hasSameRules(held: HeldChain, applied: HeldChain | undefined): boolean {
  return (
    held.table === applied?.table &&
    held.chain === applied.chain &&
    held.handles.length === applied.handles.length &&
    held.handles.every((handle, place) => handle === applied.handles[place])
  );
}

/**
 * The version that the iptables of a back end reports: "v1.8.9 (nf_tables)".
 * @throws the errors of CommandRunner.feed()
 */
export function readIptablesVersion(backend: Backend, commands: CommandRunner): string | null {
  const said = commands.read(IPTABLES_COMMANDS[backend].ipv4.restore, ['--version']);
  return /v\d.*$/m.exec(said)?.[0] ?? null;
}
