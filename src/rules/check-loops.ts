import type { Item } from './item.js';
import { isBuiltInChain } from './rule-names.js';
import { getTarget } from './target-table.js';

/**
 * The most user chains that a packet can go deep from a built-in chain, by jump or goto (NFT_JUMP_STACK_SIZE, net/netfilter/nf_tables.h).
 */
const DEEPEST = 15;

interface Problem {
  index: number;
  message: string;
}

interface Jump {
  index: number;
  to: string;
}

/** Maps a chain ("table name") to its jumps. Only the first jump to each target chain is kept. */
type Jumps = Map<string, Jump[]>;

/** Finds jumps that form a loop (the kernel answers ELOOP), and jumps that go too deep (EMLINK). */
export function checkLoops(items: Item[]): Problem[] {
  const jumps = collectJumps(items);
  const problems: Problem[] = [];
  const order = sortByReach(jumps, (index, path) => {
    const shown = path.length > 8 ? [...path.slice(0, 4), '…', ...path.slice(-3)] : path;
    problems.push({ index, message: `chains jump in a loop: ${shown.map(getName).join(' → ')}` });
  });
  return problems.length > 0 ? problems : checkDepth(jumps, order);
}

function collectJumps(items: Item[]): Jumps {
  const byChain = new Map<string, Map<string, Jump>>();
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
    const own = byChain.get(from) ?? new Map<string, Jump>();
    byChain.set(from, own);
    if (!own.has(to)) {
      own.set(to, { index, to });
    }
  }
  return new Map([...byChain].map(([from, own]) => [from, [...own.values()]]));
}

/**
 * Sorts the chains: each comes before the chains that it jumps to. Calls `onLoop` for each loop. The depth-first search has no recursion,
 * because a scenario may have 50,000 chains.
 */
function sortByReach(jumps: Jumps, onLoop: (index: number, path: string[]) => void): string[] {
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
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
      } else if (state.get(jump.to) === 'open') {
        const names = path.map(({ chain }) => chain);
        onLoop(jump.index, [...names.slice(names.indexOf(jump.to)), jump.to]);
      } else if (!state.has(jump.to)) {
        state.set(jump.to, 'open');
        path.push({ chain: jump.to, next: 0 });
      }
    }
  }
  return done.reverse();
}

/** Finds jumps that go too deep. The depth counts from built-in chains, because packets reach a user chain only from there. */
function checkDepth(jumps: Jumps, order: string[]): Problem[] {
  const depths = new Map(order.filter(isBuiltIn).map((chain) => [chain, 0]));
  const problems: Problem[] = [];
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

function isBuiltIn(key: string): boolean {
  const [table, chain = ''] = key.split(' ');
  return isBuiltInChain(table as 'filter', chain);
}

function getName(key: string): string {
  return key.slice(key.indexOf(' ') + 1);
}
