import type { Family, Policy, Rule, Table } from '../model/rule.js';
import { parseArguments } from './parse-arguments.js';
import { RuleError } from './rule-error.js';
import { TABLES } from './rule-names.js';
import { splitRestoreWords } from './split-restore-words.js';

export interface SavedChain {
  table: Table;
  name: string;
  /** null for a user chain. */
  policy: Policy | null;
  /** What the policy did; a user chain counts nothing. */
  packets: number;
  bytes: number;
  rules: { rule: Rule; packets: number; bytes: number }[];
}

const CHAIN = /^:(?<name>\S+) (?<policy>ACCEPT|DROP|-) \[(?<packets>\d+):(?<bytes>\d+)\]$/;
const RULE = /^\[(?<packets>\d+):(?<bytes>\d+)\] (?<rule>-A (?<name>\S+).*)$/;

/**
 * Reads what `iptables-save -c` (iptables-save(8)), or `ip6tables-save -c`, prints: tables, chains, policies, rules and their counters.
 *
 * @throws RuleError for anything else. A table that iptables cannot show completely is only a comment in its output, so that is refused, too.
 */
export function parseSave(text: string, family: Family): SavedChain[] {
  const chains: SavedChain[] = [];
  const byName = new Map<string, SavedChain>();
  let table: Table | null = null;
  for (const line of text.split('\n')) {
    if (line.startsWith('#') && line.includes('is incompatible')) {
      throw new RuleError(`iptables-save cannot show all rules: ${line}`);
    }
    if (line === '' || line.startsWith('#')) {
      continue;
    }
    if (line.startsWith('*')) {
      table = parseTable(line.slice(1));
    } else if (line === 'COMMIT') {
      table = null;
    } else if (table === null) {
      throw new RuleError(`iptables-save: a line outside of a table: ${line}`);
    } else if (line.startsWith(':')) {
      const chain = parseChain(line, table);
      chains.push(chain);
      byName.set(`${table} ${chain.name}`, chain);
    } else {
      parseLine(line, family, table, byName);
    }
  }
  return chains;
}

function parseTable(name: string): Table {
  const table = TABLES.find((known) => known === name);
  if (table === undefined) {
    throw new RuleError(`iptables-save: unknown table ${name}`);
  }
  return table;
}

function parseChain(line: string, table: Table): SavedChain {
  const { name, policy, packets, bytes } = CHAIN.exec(line)?.groups ?? {};
  if (name === undefined) {
    throw new RuleError(`iptables-save: not a chain: ${line}`);
  }
  const verdict = policy === 'ACCEPT' || policy === 'DROP' ? policy : null;
  return { table, name, policy: verdict, packets: Number(packets), bytes: Number(bytes), rules: [] };
}

function parseLine(line: string, family: Family, table: Table, chains: Map<string, SavedChain>): void {
  const { name, packets, bytes, rule: text } = RULE.exec(line)?.groups ?? {};
  const chain = chains.get(`${table} ${name}`);
  if (text === undefined || chain === undefined) {
    throw new RuleError(`iptables-save: not a rule of a known chain: ${line}`);
  }
  const entry = parseArguments(family, () => splitRestoreWords(text).map((word) => ({ text: word, key: null })), true);
  const rule = entry.kind === 'append' ? entry.rules[0] : undefined;
  if (rule === undefined) {
    throw new RuleError(`iptables-save: not a rule: ${line}`);
  }
  chain.rules.push({ rule, packets: Number(packets), bytes: Number(bytes) });
}
