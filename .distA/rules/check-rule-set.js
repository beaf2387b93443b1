import { checkLoops } from './check-loops.js';
import { checkPlace } from './check-place.js';
import { ChainRegister } from './chain-register.js';
import { collectOrigins } from './collect-origins.js';
/**
 * Finds what is wrong with the entries only when they are taken together, in iptables' own terms: entries are obeyed in order, so
 * a chain must be made before it is used, for each family. null stands for rules that have failed already; what may follow from that
 * is not reported.
 *
 * @param nameEntry how a message names another entry
 */
export function checkRuleSet(entries, nameEntry = (index) => `entry ${index}`) {
    const problems = new Map();
    for (const family of ['ipv4', 'ipv6']) {
        for (const problem of checkFamily(select(entries, family), nameEntry)) {
            problems.set(`${problem.index} ${problem.message}`, problem);
        }
    }
    return [...problems.values()].sort((a, b) => a.index - b.index);
}
function select(entries, family) {
    return entries.flatMap((list, index) => {
        const own = list === null ? [null] : list.filter((entry) => entry.family === family);
        return own.map((entry) => ({ index, entry }));
    });
}
function checkFamily(items, nameEntry) {
    const register = new ChainRegister(items, nameEntry);
    const problems = [];
    const origins = collectOrigins(items);
    for (const { index, entry } of items) {
        const messages = entry === null
            ? register.noteFailure()
            : [...checkPlace(entry, origins.get(`${entry.table} ${entry.chain}`) ?? []), ...register.add(entry, index)];
        problems.push(...messages.map((message) => ({ index, message })));
    }
    return [...problems, ...checkLoops(items)];
}
