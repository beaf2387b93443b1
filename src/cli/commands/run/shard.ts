import { UsageError } from '../../../model/errors.js';
import type { Backend } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import { listRuns } from '../../../run/runs.js';
import { countNoun } from '../../../words/phrases.js';

/** One of the parts into which several machines divide a suite. Parts count from 1. */
export interface Shard {
  index: number;
  total: number;
  /** The option or the variables that give the numbers. */
  source: string;
}

type Env = Readonly<Record<string, string | undefined>>;

const PATTERN = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/;

/**
 * The part of the suite for this machine, from --shard, LOOPFW_SHARD, Kubernetes or GitLab, in this order. null where none of them gives
 * one: the machine runs the whole suite.
 * @throws UsageError for an impossible part. A machine that ran the whole suite instead would hide that another part is never run.
 */
export function getShard(option: string | undefined, env: Env): Shard | null {
  return parseShard(option, '--shard') ?? parseShard(env['LOOPFW_SHARD'], 'LOOPFW_SHARD') ?? getFromKubernetes(env) ?? getFromGitLab(env);
}

function parseShard(text: string | undefined, source: string): Shard | null {
  if (text === undefined) {
    return null;
  }
  const [, index, total] = PATTERN.exec(text) ?? [];
  const shard = { index: Number(index), total: Number(total), source };
  if (total === undefined || shard.index > shard.total) {
    throw new UsageError(`${source}: expected i/n with i from 1 to n, as in 2/5, found ${JSON.stringify(text)}`);
  }
  return shard;
}

/** A Kubernetes Job with completionMode Indexed numbers its pods from 0. It does not give them the total: LOOPFW_SHARD_TOTAL does. */
function getFromKubernetes({ LOOPFW_SHARD_TOTAL: total, JOB_COMPLETION_INDEX: index }: Env): Shard | null {
  if (!total) {
    return null;
  }
  if (!index) {
    throw new UsageError(
      `LOOPFW_SHARD_TOTAL is ${total}, but JOB_COMPLETION_INDEX is not set: is the Job's completionMode Indexed? Elsewhere say --shard i/n`,
    );
  }
  return makeShard(index, total, 0, 'JOB_COMPLETION_INDEX and LOOPFW_SHARD_TOTAL');
}

/** GitLab sets both variables for a job with `parallel`. Without `parallel` it sets only the total, as 1. */
function getFromGitLab({ CI_NODE_INDEX: index, CI_NODE_TOTAL: total }: Env): Shard | null {
  return !index || !total ? null : makeShard(index, total, 1, 'CI_NODE_INDEX and CI_NODE_TOTAL');
}

/** @param first the index of the first part */
function makeShard(index: string, total: string, first: 0 | 1, source: string): Shard {
  const shard = { index: Number(index) - first + 1, total: Number(total), source };
  const areNumbers = [index, total].every((text) => /^\d{1,4}$/.test(text));
  if (!areNumbers || shard.total < 1 || shard.index < 1 || shard.index > shard.total) {
    throw new UsageError(
      `${source} say ${JSON.stringify(index)} of ${JSON.stringify(total)}: expected an index from ${first} to ${first === 0 ? 'total - 1' : 'total'}; --shard i/n overrides them, and --shard 1/1 means all`,
    );
  }
  return shard;
}

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
