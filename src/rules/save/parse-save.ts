import type { Family, Policy, Rule, Table } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import { parseWords } from '../language/parse-arguments.js';
import { splitRestoreWords } from '../quoting.js';
import { TABLES } from '../tables.js';
import { readSaveLine, type SaveLine } from './line.js';

export interface SavedChain {
  table: Table;
  name: string;
  /** null for a user chain. */
  policy: Policy | null;
  /** The counters of the policy. A user chain counts nothing. */
  packets: number;
  bytes: number;
  rules: { rule: Rule; packets: number; bytes: number }[];
}

/**
 * Reads the output of `iptables-save -c` (iptables-save(8)) or `ip6tables-save -c`: tables, chains, policies, rules and their counters.
 *
 * @throws RuleError for anything else. iptables writes only a comment for a table that it cannot show completely: this is refused too.
 */
export function parseSave(text: string, family: Family): SavedChain[] {
  const chains = new Map<string, SavedChain>();
  let table: Table | null = null;
  for (const line of text.split('\n')) {
    const read = readSaveLine(line);
    if (read.kind === 'table') {
      table = findTable(read.name);
    } else if (read.kind === 'commit') {
      table = null;
    } else if (read.kind !== 'nothing') {
      addLine(read, line, family, table, chains);
    }
  }
  return [...chains.values()];
}

function findTable(name: string): Table {
  const table = TABLES.find((known) => known === name);
  if (table === undefined) {
    throw new RuleError(`iptables-save: unknown table ${name}`);
  }
  return table;
}

function addLine(
  read: Extract<SaveLine, { kind: 'chain' | 'rule' }>,
  line: string,
  family: Family,
  table: Table | null,
  chains: Map<string, SavedChain>,
): void {
  if (table === null || read.counters === null) {
    throw new RuleError(`iptables-save: ${table === null ? 'a line outside of a table' : 'no counters'}: ${line}`);
  }
  if (read.kind === 'chain') {
    const { name, policy, counters } = read;
    chains.set(`${table} ${name}`, { table, name, policy: toPolicy(policy), ...counters, rules: [] });
    return;
  }
  const entry = parseWords(family, splitRestoreWords(read.text), true);
  const chain = chains.get(`${table} ${entry.chain}`);
  const rule = entry.kind === 'append' ? entry.rules[0] : undefined;
  if (rule === undefined || chain === undefined) {
    throw new RuleError(`iptables-save: not a rule of a known chain: ${line}`);
  }
  chain.rules.push({ rule, ...read.counters });
}

function toPolicy(policy: string): Policy | null {
  return policy === 'ACCEPT' || policy === 'DROP' ? policy : null;
}
