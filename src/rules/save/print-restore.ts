import type { Chain } from '../../model/plan.js';
import type { Entry, Family, Policy, Table } from '../../model/rule.js';
import type { OwnRule } from '../chains/own-rules.js';
import { printRule } from '../rule/print.js';
import { TABLES } from '../tables.js';

/**
 * Prints the input of iptables-restore(8), or of ip6tables-restore(8), for all entries of a family.
 *
 * A header line of a built-in chain makes iptables-restore wait 8–15 ms for the kernel. So a chain gets one only if its policy is DROP, or
 * if isToBeKept says so. loopfw's own rules come last in their section, because a later -I of the user would move them down.
 *
 * @param left the chains that may remain from earlier rule sets: their tables are emptied, and their policies are reset
 * @param isAddition whether the text is for --noflush. A chain then may have the policy of an earlier text, so each policy is printed
 */
export function printRestore(entries: Entry[], family: Family, ours: OwnRule[], left: Chain[] = [], isAddition = false): string {
  const own = new Map<Table, Entry[]>(TABLES.map((table) => [table, []]));
  for (const entry of entries) {
    if (entry.family === family) {
      own.get(entry.table)?.push(entry);
    }
  }
  return TABLES.map((table) =>
    printTable(
      table,
      own.get(table) ?? [],
      ours.filter((each) => each.table === table),
      left.filter((chain) => chain.table === table),
      isAddition,
    ),
  ).join('');
}

function printTable(table: Table, entries: Entry[], ours: OwnRule[], left: Chain[], isAddition: boolean): string {
  const lines = printHeaders(entries, left, isAddition);
  for (const entry of entries) {
    addLines(lines, entry);
  }
  lines.push(...ours.map(({ chain, rule }) => `-I ${chain} 1 ${printRule(rule)}`.trimEnd()));
  return lines.length === 0 && left.length === 0 ? '' : [`*${table}`, ...lines, 'COMMIT', ''].join('\n');
}

function printHeaders(entries: Entry[], left: Chain[], isAddition: boolean): string[] {
  const before = left.filter(isToBeKept).map(({ name }): [string, Policy] => [name, 'ACCEPT']);
  const own = entries.filter((entry) => entry.kind === 'policy').map(({ chain, policy }): [string, Policy] => [chain, policy]);
  const isNeeded = (name: string, policy: Policy) => isAddition || policy === 'DROP' || before.some(([chain]) => chain === name);
  const policies = [...new Map([...before, ...own])].filter(([chain, policy]) => isNeeded(chain, policy));
  const chains = entries.filter(({ kind }) => kind === 'new-chain').map(({ chain }) => `:${chain} - [0:0]`);
  return [...policies.map(([chain, policy]) => `:${chain} ${policy} [0:0]`), ...chains];
}

/**
 * Whether a built-in chain needs a header line even without a rule: to reset its policy, or, in table nat, to keep the table. iptables-nft
 * deletes a table that the input does not mention, and connections then lose their NAT (measured). With the legacy back end they keep it.
 */
function isToBeKept({ table, policy }: Chain): boolean {
  return policy?.verdict === 'DROP' || (policy !== null && table === 'nat');
}

/**
 * Adds one line for each rule of an expanded list of addresses. -I inserts each at the same position, so the last one comes first, as in
 * iptables.
 */
function addLines(lines: string[], entry: Entry): void {
  if (entry.kind !== 'append' && entry.kind !== 'insert') {
    return;
  }
  const command = entry.kind === 'append' ? `-A ${entry.chain}` : `-I ${entry.chain} ${entry.position}`;
  for (const rule of entry.rules) {
    lines.push(`${command} ${printRule(rule)}`.trimEnd());
  }
}
