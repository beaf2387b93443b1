import { BUILT_IN_CHAINS, isBuiltInChain, TABLES } from './rule-names.js';
import { printRule } from './print-rule.js';
/**
 * What the kernel must hold of a family once all entries are in: every chain that has a rule or a policy, and every user chain, with its lines in
 * their final order. It is reckoned here, not by iptables, so that reading the rule set back is a check of both.
 */
export function layOutChains(rules, family, own) {
    const chains = new Map();
    const placed = rules.flatMap(({ entries, ...rest }) => entries.map((entry) => ({ ...rest, entry })));
    for (const { index, text, entry } of placed.filter((rule) => rule.entry.family === family)) {
        const chain = getOrAddChain(chains, entry);
        if (entry.kind === 'policy') {
            chain.policy = { verdict: entry.policy, entry: index };
        }
        if (entry.kind === 'append') {
            append(chain.lines, entry.rules.map((rule) => ({ entry: index, text, rule })));
        }
        if (entry.kind === 'insert') {
            chain.lines.splice(entry.position - 1, 0, ...entry.rules.map((rule) => ({ entry: index, text, rule })).reverse());
        }
    }
    for (const { table, chain, rule } of own) {
        const text = `-t ${table} -I ${chain} 1 ${printRule(rule)}`.trimEnd();
        getOrAddChain(chains, { family, table, chain }).lines.unshift({ entry: null, text, rule });
    }
    return sortChains([...chains.values()]);
}
/** One at a time: a list can have more elements than a call can have arguments. */
function append(lines, more) {
    for (const line of more) {
        lines.push(line);
    }
}
function getOrAddChain(chains, place) {
    const { family, table, chain: name } = place;
    const key = `${table} ${name}`;
    const policy = isBuiltInChain(table, name) ? { verdict: 'ACCEPT', entry: null } : null;
    const chain = chains.get(key) ?? { family, table, name, policy, lines: [] };
    chains.set(key, chain);
    return chain;
}
/** By table, built-in chains first; user chains stay in the order in which they were made. */
function sortChains(chains) {
    return TABLES.flatMap((table) => {
        const own = chains.filter((chain) => chain.table === table);
        const builtIn = BUILT_IN_CHAINS[table].flatMap((name) => own.filter((chain) => chain.name === name));
        return [...builtIn, ...own.filter(({ policy }) => policy === null)];
    });
}
