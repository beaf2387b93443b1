/** The built-in chains of every table, in the order in which a packet can meet them (iptables(8), TABLES). */
export const BUILT_IN_CHAINS = {
    raw: ['PREROUTING', 'OUTPUT'],
    mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
    nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
    filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};
/** The tables in the order in which they are written, and in which a packet meets them. */
export const TABLES = Object.keys(BUILT_IN_CHAINS);
/** Whether the table has a built-in chain of that name. */
export function isBuiltInChain(table, chain) {
    return BUILT_IN_CHAINS[table].includes(chain);
}
/** The tables that have a built-in chain of that name; none for a name that is free for a user chain. */
export function getTablesWithChain(chain) {
    return TABLES.filter((table) => isBuiltInChain(table, chain));
}
