import type { Item } from './item.js';
import { BUILT_IN_CHAINS, TABLES } from './rule-names.js';
import { getTarget } from './target-table.js';

/** Chain, as "table name", to the chains that its rules jump or go to, each with the index of the first item that does. */
export type Jumps = Map<string, Map<string, number>>;

/** The jumps and gotos from chain to chain. */
export function collectJumps(items: Item[]): Jumps {
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
