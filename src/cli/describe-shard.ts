import { countNoun } from '../words/phrases.js';
import type { Env, Shard } from './shard.js';

interface Counts {
  /** The shard's own. */
  scenarios: number;
  /** Of all shards. */
  selected: number;
}

/** A line that says which part runs and who said so: where nobody meant a shard, most of the suite would be left out in silence. Empty for a whole. */
export function describeShard(shard: Shard | null, { scenarios, selected }: Counts, env: Env): string {
  if (shard === null) {
    return env['JOB_COMPLETION_INDEX'] ? 'loopfw: JOB_COMPLETION_INDEX is set, but LOOPFW_SHARD_TOTAL is not: the whole suite runs\n' : '';
  }
  const { index, total, source } = shard;
  if (total === 1) {
    return '';
  }
  const remedy = source === '--shard' ? '' : '; --shard 1/1 runs all';
  return `loopfw: shard ${index} of ${total} (${source}): ${scenarios} of ${countNoun(selected, 'scenario')}${remedy}\n`;
}
