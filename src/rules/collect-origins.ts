import type { Item } from './item.js';
import { BUILT_IN_CHAINS, TABLES } from './rule-names.js';

/**
 * Maps a chain ("table name") to the built-in chains from which packets reach it. By these the kernel checks whether a target is allowed
 * there.
 */
export function collectOrigins(items: Item[]): Map<string, string[]> {
  const jumps = collectJumps(items);
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

function collectJumps(items: Item[]): Map<string, Set<string>> {
  const jumps = new Map<string, Set<string>>();
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

/** The chain itself and all chains that its jumps reach. The loop also visits the chains that it adds to the set. */
function reach(start: string, jumps: Map<string, Set<string>>): Set<string> {
  const found = new Set([start]);
  for (const chain of found) {
    for (const next of jumps.get(chain) ?? []) {
      found.add(next);
    }
  }
  return found;
}
