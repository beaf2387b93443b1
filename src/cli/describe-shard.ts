import { countNoun } from '../words/phrases.js';
import type { Env, Shard } from './shard.js';

interface Counts {
  /** Those of this shard. */
  scenarios: number;
  /** Those of all shards. */
  selected: number;
}

/**
 * A line that names the shard and the source of its number; '' for the whole suite. Without the line, an unintended shard would silently
 * leave out most of the suite. The line also warns of a Kubernetes index without a total.
 */
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
