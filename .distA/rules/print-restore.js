import { printRule } from './print-rule.js';
import { TABLES } from './rule-names.js';
/**
 * The input of iptables-restore(8), or of ip6tables-restore(8), for all entries of a family.
 *
 * A header line of a built-in chain makes iptables-restore wait 8–15 ms for the kernel, so there is one only where the policy is not
 * ACCEPT. loopfw's own rules come last in their section: a user's -I would push them down otherwise.
 *
 * @param left what may still be there of earlier rule sets: their tables are emptied, and their policies taken back
 */
export function printRestore(entries, family, ours, left = []) {
    const own = entries.filter((entry) => entry.family === family);
    return TABLES.map((table) => printTable(table, own.filter((entry) => entry.table === table), ours.filter((each) => each.table === table), left.filter((chain) => chain.table === table))).join('');
}
function printTable(table, entries, ours, left) {
    const lines = [
        ...printHeaders(entries, left),
        ...entries.flatMap(printLines),
        ...ours.map(({ chain, rule }) => `-I ${chain} 1 ${printRule(rule)}`.trimEnd()),
    ];
    return lines.length === 0 && left.length === 0 ? '' : [`*${table}`, ...lines, 'COMMIT', ''].join('\n');
}
function printHeaders(entries, left) {
    const before = left.filter(isToBeKept).map(({ name }) => [name, 'ACCEPT']);
    const own = entries.flatMap((entry) => (entry.kind === 'policy' ? [[entry.chain, entry.policy]] : []));
    const isNeeded = (name, policy) => policy === 'DROP' || before.some(([chain]) => chain === name);
    const policies = [...new Map([...before, ...own])].filter(([chain, policy]) => isNeeded(chain, policy));
    const chains = entries.filter(({ kind }) => kind === 'new-chain').map(({ chain }) => `:${chain} - [0:0]`);
    return [...policies.map(([chain, policy]) => `:${chain} ${policy} [0:0]`), ...chains];
}
/**
 * A built-in chain that needs its line even without a rule: to take its policy back; or, of nat, to be there at all. iptables-nft deletes a
 * table of which nothing is said, and connections lose the NAT that they were given (measured); with the legacy back end they keep it.
 */
function isToBeKept({ table, policy }) {
    return policy?.verdict === 'DROP' || (policy !== null && table === 'nat');
}
/** A list of addresses is one line each. With -I every one goes to the same place, so that the last comes first, as with iptables. */
function printLines(entry) {
    if (entry.kind !== 'append' && entry.kind !== 'insert') {
        return [];
    }
    const command = entry.kind === 'append' ? `-A ${entry.chain}` : `-I ${entry.chain} ${entry.position}`;
    return entry.rules.map((rule) => `${command} ${printRule(rule)}`.trimEnd());
}
