import { getMatch } from './match-table.js';
import { getTarget } from './target-table.js';
/** A packet has no input interface yet, or no output interface yet, in these chains: iptables refuses -i or -o there. */
const WITHOUT_INPUT = ['OUTPUT', 'POSTROUTING'];
const WITHOUT_OUTPUT = ['PREROUTING', 'INPUT'];
/**
 * What iptables or the kernel refuses in a rule because of the table or chain where it stands.
 *
 * @param origins the built-in chains from which packets come to the rule's chain
 */
export function checkPlace(entry, origins) {
    if (entry.kind !== 'append' && entry.kind !== 'insert') {
        return [];
    }
    const [rule] = entry.rules;
    if (rule === undefined) {
        return [];
    }
    const { target, matches } = rule;
    return [
        ...checkInterfaces(entry.chain, rule),
        ...matches.flatMap((match) => checkExtension(`-m ${match.name}`, getMatch(match.name), match, entry, origins)),
        ...(target === null ? [] : checkExtension(target.name, getTarget(target.name), target, entry, origins)),
    ];
}
function checkInterfaces(chain, rule) {
    const problems = [];
    if (rule.inInterface !== null && WITHOUT_INPUT.includes(chain)) {
        problems.push(`-i cannot be used in ${chain}: use -o`);
    }
    if (rule.outInterface !== null && WITHOUT_OUTPUT.includes(chain)) {
        problems.push(`-o cannot be used in ${chain}: use -i`);
    }
    return problems;
}
function checkExtension(what, row, { options }, entry, origins) {
    const { table, chain } = entry;
    const { tables, chains } = (typeof row?.place === 'function' ? row.place(options, entry.family) : row?.place) ?? {};
    if (tables !== undefined && !tables.includes(table)) {
        const names = tables.length === 1 ? `table ${tables[0]}` : `tables ${tables.toReversed().join(', ')}`;
        return [`${what} cannot be used in table ${table}, only in ${names}`];
    }
    const wrong = chains === undefined ? undefined : origins.find((origin) => !chains.includes(origin));
    if (chains === undefined || wrong === undefined) {
        return [];
    }
    const where = wrong === chain ? `in ${chain}` : `in ${chain}, where packets come to from ${wrong}`;
    return [`${what} cannot be used ${where}, only in ${chains.join(', ')}`];
}
