import type { Backend } from '../model/result.js';
import type { Scenario } from '../model/scenario.js';
import { listRuns } from '../run/list-runs.js';
import type { Shard } from './shard.js';

/**
 * The scenarios of a shard, in their order. They are the same on every machine with the same selection.
 * Each scenario goes to the shard with the fewest runs so far, the first of those. Neighbours in a file are similar, so that each shard
 * gets some of every kind. Two shards differ by at most the runs of one scenario.
 * A hash of the names would give one of five shards of twenty scenarios none, and another eight.
 */
export function takeShard(scenarios: Scenario[], { index, total }: Pick<Shard, 'index' | 'total'>, backends?: Backend[]): Scenario[] {
  const runs = new Array<number>(total).fill(0);
  return scenarios.filter((scenario) => {
    const place = runs.indexOf(Math.min(...runs));
    runs[place] = (runs[place] ?? 0) + listRuns([scenario], backends).length;
    return place === index - 1;
  });
}
