const BUILT_IN = {
    OUTPUT: 'output',
    POSTROUTING: 'postrouting',
    PREROUTING: 'prerouting',
    INPUT: 'input',
    FORWARD: 'forward',
};
/** The way of a packet that a local process sends, over lo to another or out by an interface; or that comes in by one. */
const ORDER = { output: 0, postrouting: 1, prerouting: 2, input: 3, forward: 3 };
/** What has come in and is forwarded goes out last of all. */
const POSTROUTING_OF_FORWARDED = 4;
/** The kernel's own limit for a hook (MAX_HOOK_COUNT in net/netfilter/core.c). */
const MOST_CHAINS = 1024;
/** At one hook iptables' tables come in this order (nf_ip_hook_priorities in linux/netfilter_ipv4.h), but at INPUT nat is last. */
const TABLES = ['raw', 'mangle', 'nat', 'filter'];
const TABLES_AT_INPUT = ['raw', 'mangle', 'filter', 'nat'];
/** Where a chain of iptables hangs; null for a user chain. */
export function getStation(table, chain) {
    const hook = BUILT_IN[chain];
    return hook === undefined ? null : getStationAt(hook, table);
}
/** Where iptables asks a table at a hook. */
export function getStationAt(hook, table) {
    return { hook, order: (hook === 'input' ? TABLES_AT_INPUT : TABLES).indexOf(table) };
}
/**
 * How far a packet has come that is at a station.
 *
 * @param reached how far it had come before
 */
export function getRank({ hook, order }, reached) {
    const isForwarded = hook === 'postrouting' && reached >= ORDER.prerouting * MOST_CHAINS;
    return (isForwarded ? POSTROUTING_OF_FORWARDED : ORDER[hook]) * MOST_CHAINS + order;
}
