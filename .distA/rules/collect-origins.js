import { BUILT_IN_CHAINS, TABLES } from './rule-names.js';
/** Chain, as "table name", to the built-in chains from which packets come there: the kernel asks them whether a target may stand there. */
export function collectOrigins(items) {
    const jumps = collectJumps(items);
    const origins = new Map();
    for (const table of TABLES) {
        for (const builtIn of BUILT_IN_CHAINS[table]) {
            for (const chain of reach(`${table} ${builtIn}`, jumps)) {
                origins.set(chain, [...(origins.get(chain) ?? []), builtIn]);
            }
        }
    }
    return origins;
}
function collectJumps(items) {
    const jumps = new Map();
    for (const { entry } of items) {
        if (entry?.kind !== 'append' && entry?.kind !== 'insert') {
            continue;
        }
        const target = entry.rules[0]?.target;
        if (target !== null && target !== undefined && target.options.length === 0) {
            const from = `${entry.table} ${entry.chain}`;
            jumps.set(from, (jumps.get(from) ?? new Set()).add(`${entry.table} ${target.name}`));
        }
    }
    return jumps;
}
/** Everything that jumps lead to from a chain, and the chain. A set grows while it is gone through. */
function reach(start, jumps) {
    const found = new Set([start]);
    for (const chain of found) {
        for (const next of jumps.get(chain) ?? []) {
            found.add(next);
        }
    }
    return found;
}
