import { getTarget } from '../extensions/target-table.js';
import { BUILT_IN_CHAINS, isBuiltInChain, TABLES } from '../tables.js';
import type { FamilyEntry } from './register.js';

/**
 * The most user chains that a packet can go deep from a built-in chain, by jump or goto (NFT_JUMP_STACK_SIZE, net/netfilter/nf_tables.h).
 */
const DEEPEST = 15;

/** Chain, as "table name", to the chains that its rules jump or go to, each with the index of the first item that does. */
type Jumps = Map<string, Map<string, number>>;

export interface EntryProblem {
  index: number;
  message: string;
}

/** The jumps and gotos from chain to chain. */
export function collectJumps(items: FamilyEntry[]): Jumps {
  const jumps: Jumps = new Map();
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
    const own = jumps.get(from) ?? new Map<string, number>();
    jumps.set(from, own);
    if (!own.has(to)) {
      own.set(to, index);
    }
  }
  return jumps;
}

/**
 * Maps a chain ("table name") to the built-in chains from which packets reach it. By these the kernel checks whether a target is allowed
 * there.
 */
export function collectOrigins(jumps: Jumps): Map<string, string[]> {
  const origins = new Map<string, string[]>();
  for (const table of TABLES) {
    for (const builtIn of BUILT_IN_CHAINS[table]) {
      for (const chain of reach(`${table} ${builtIn}`, jumps)) {
        origins.set(chain, [...(origins.get(chain) ?? []), builtIn]);
      }
    }
  }
  return origins;
}

/** The chain itself and all chains that its jumps reach. The loop also visits the chains that it adds to the set. */
function reach(start: string, jumps: Jumps): Set<string> {
  const found = new Set([start]);
  for (const chain of found) {
    for (const next of jumps.get(chain)?.keys() ?? []) {
      found.add(next);
    }
  }
  return found;
}

/** Finds jumps that form a loop (the kernel answers ELOOP), and jumps that go too deep (EMLINK). */
export function checkLoops(jumps: Jumps): EntryProblem[] {
  const problems: EntryProblem[] = [];
  const order = sortByReach(jumps, (index, path) => {
    const shown = path.length > 8 ? [...path.slice(0, 4), '…', ...path.slice(-3)] : path;
    problems.push({ index, message: `chains jump in a loop: ${shown.map(getName).join(' → ')}` });
  });
  return problems.length > 0 ? problems : checkDepth(jumps, order);
}

/**
 * Sorts the chains: each comes before the chains that it jumps to. Calls `onLoop` for each loop. The depth-first search has no recursion,
 * because a scenario may have 50,000 chains.
 */
function sortByReach(jumps: Jumps, onLoop: (index: number, path: string[]) => void): string[] {
  const done: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const open = (chain: string) => {
    state.set(chain, 'open');
    return { chain, ahead: jumps.get(chain)?.entries() };
  };
  for (const root of jumps.keys()) {
    if (state.has(root)) {
      continue;
    }
    const path = [open(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const jump = top.ahead?.next();
      if (jump === undefined || jump.done === true) {
        state.set(top.chain, 'done');
        done.push(top.chain);
        path.pop();
        continue;
      }
      const [to, index] = jump.value;
      if (state.get(to) === 'open') {
        const names = path.map(({ chain }) => chain);
        onLoop(index, [...names.slice(names.indexOf(to)), to]);
      } else if (!state.has(to)) {
        path.push(open(to));
      }
    }
  }
  return done.reverse();
}

/** Finds jumps that go too deep. The depth counts from built-in chains, because packets reach a user chain only from there. */
function checkDepth(jumps: Jumps, order: string[]): EntryProblem[] {
  const depths = new Map(order.filter(isBuiltIn).map((chain) => [chain, 0]));
  const problems: EntryProblem[] = [];
  for (const chain of order) {
    const depth = depths.get(chain);
    if (depth === undefined) {
      continue;
    }
    for (const [to, index] of jumps.get(chain) ?? []) {
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
