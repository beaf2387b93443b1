import type { Table } from '../model/rule.js';

/** The built-in chains of every table, in the order in which a packet can meet them (iptables(8), TABLES). */
export const BUILT_IN_CHAINS = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  security: ['INPUT', 'FORWARD', 'OUTPUT'],
} satisfies Record<Table, string[]>;

/** The tables in the order in which they are written. A packet meets them in the same order. */
export const TABLES = Object.keys(BUILT_IN_CHAINS) as Table[];

/** Whether the table has a built-in chain of that name. */
export function isBuiltInChain(table: Table, chain: string): boolean {
  return BUILT_IN_CHAINS[table].includes(chain);
}

/** The tables that have a built-in chain of that name. Empty if a user chain may have the name. */
export function getTablesWithChain(chain: string): Table[] {
  return TABLES.filter((table) => isBuiltInChain(table, chain));
}
