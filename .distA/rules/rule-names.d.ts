import type { Table } from '../model/rule.js';
/** The built-in chains of every table, in the order in which a packet can meet them (iptables(8), TABLES). */
export declare const BUILT_IN_CHAINS: {
    raw: string[];
    mangle: string[];
    nat: string[];
    filter: string[];
};
/** The tables in the order in which they are written, and in which a packet meets them. */
export declare const TABLES: Table[];
/** Whether the table has a built-in chain of that name. */
export declare function isBuiltInChain(table: Table, chain: string): boolean;
/** The tables that have a built-in chain of that name; none for a name that is free for a user chain. */
export declare function getTablesWithChain(chain: string): Table[];
