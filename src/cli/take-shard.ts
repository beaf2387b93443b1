import type { Backend } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { listRuns } from '../run/list-runs.js';
import type { Shard } from './shard.js';

/**
 * A shard's scenarios, in their order: the same on every machine that selects the same. They are dealt out like cards, each to the shard with
 * the fewest runs so far, the first of those. Neighbours in a file are alike, so each shard gets some of every kind, and no two differ by more
 * runs than one scenario has; a hash of the names would give one of five shards of twenty scenarios none, and another eight.
 */
export function takeShard(scenarios: Scenario[], { index, total }: Pick<Shard, 'index' | 'total'>, backends?: Backend[]): Scenario[] {
  const runs = new Array<number>(total).fill(0);
  return scenarios.filter((scenario) => {
    const place = runs.indexOf(Math.min(...runs));
    runs[place] = (runs[place] ?? 0) + listRuns([scenario], backends).length;
    return place === index - 1;
  });
}
