import { isBuiltInChain } from './rule-names.js';
import { getTarget } from './target-table.js';
/** From a built-in chain a packet can go 15 user chains deep, by jump or goto (NFT_JUMP_STACK_SIZE, net/netfilter/nf_tables.h). */
const DEEPEST = 15;
/** Jumps that come back to where they were, and jumps that go too deep: the kernel answers ELOOP or EMLINK. */
export function checkLoops(items) {
    const jumps = collectJumps(items);
    const problems = [];
    const order = sortByReach(jumps, (index, path) => {
        const shown = path.length > 8 ? [...path.slice(0, 4), '…', ...path.slice(-3)] : path;
        problems.push({ index, message: `chains jump in a loop: ${shown.map(getName).join(' → ')}` });
    });
    return problems.length > 0 ? problems : checkDepth(jumps, order);
}
function collectJumps(items) {
    const byChain = new Map();
    for (const { index, entry } of items) {
        if (entry?.kind !== 'append' && entry?.kind !== 'insert') {
            continue;
        }
        const name = entry.rules[0]?.target?.name;
        if (name === undefined || getTarget(name) !== null) {
            continue;
        }
        const from = `${entry.table} ${entry.chain}`;
        const to = `${entry.table} ${name}`;
        const own = byChain.get(from) ?? new Map();
        byChain.set(from, own);
        if (!own.has(to)) {
            own.set(to, { index, to });
        }
    }
    return new Map([...byChain].map(([from, own]) => [from, [...own.values()]]));
}
/** The chains, each before those that it jumps to; a depth-first walk without recursion, for a scenario may have 50,000 chains. */
function sortByReach(jumps, onLoop) {
    const done = [];
    const state = new Map();
    for (const root of jumps.keys()) {
        if (state.has(root)) {
            continue;
        }
        const path = [{ chain: root, next: 0 }];
        state.set(root, 'open');
        for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
            const jump = jumps.get(top.chain)?.[top.next];
            top.next += 1;
            if (jump === undefined) {
                state.set(top.chain, 'done');
                done.push(top.chain);
                path.pop();
            }
            else if (state.get(jump.to) === 'open') {
                const names = path.map(({ chain }) => chain);
                onLoop(jump.index, [...names.slice(names.indexOf(jump.to)), jump.to]);
            }
            else if (!state.has(jump.to)) {
                state.set(jump.to, 'open');
                path.push({ chain: jump.to, next: 0 });
            }
        }
    }
    return done.reverse();
}
/** Depth counts from built-in chains only: nothing gets to the others. */
function checkDepth(jumps, order) {
    const depths = new Map(order.filter(isBuiltIn).map((chain) => [chain, 0]));
    const problems = [];
    for (const chain of order) {
        const depth = depths.get(chain);
        if (depth === undefined) {
            continue;
        }
        for (const { index, to } of jumps.get(chain) ?? []) {
            depths.set(to, Math.max(depths.get(to) ?? 0, depth + 1));
            if (depth === DEEPEST) {
                problems.push({ index, message: `this jump goes ${depth + 1} chains deep: at most ${DEEPEST}` });
            }
        }
    }
    return problems;
}
function isBuiltIn(key) {
    const [table, chain = ''] = key.split(' ');
    return isBuiltInChain(table, chain);
}
function getName(key) {
    return key.slice(key.indexOf(' ') + 1);
}
