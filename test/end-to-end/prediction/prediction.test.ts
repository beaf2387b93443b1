// What the rules alone say of random rule sets is what the kernel does: both families, both back ends, every match and target.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import type { Backend } from '../../../src/model/result.js';
import { judge, listModelled, type Pair, pair } from '../../predict/comparison.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { makeRandomScenarios, type RandomScenario } from './random-rule-sets.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
/** Of each back end. */
const RULE_SETS = 7 * SOAK;
/** About 150, but how many rule sets remember packets depends on the seed. */
const LEAST_PREDICTIONS = 100 * SOAK;
const MOST_SHOWN = 5;
const seed = SEED.seed ?? Date.now();

t.test('no prediction differs from the kernel', async (t) => {
  const folder = t.testdir();
  const both = await Promise.all([predictAll(t, folder, 'nft', seed), predictAll(t, folder, 'legacy', seed + 1)]);
  const pairs = both.flat();
  const { known, unknown } = listModelled(pairs);
  t.comment(`${pairs.length} predictions; ${known.length} matches and targets met packets`);
  t.strictSame(unknown, [], 'no match or target is unknown altogether');
  const open = pairs.filter(({ fate }) => fate.kind === 'unknown').length;
  t.ok(open <= pairs.length / (SOAK === 1 ? 12 : 20), `${open} of ${pairs.length} are unknown`);
  t.ok(pairs.length >= LEAST_PREDICTIONS, `${pairs.length} predictions`);
});

async function predictAll(t: Test, folder: string, backend: Backend, own: number): Promise<Pair[]> {
  const path = join(folder, `${backend}.json`);
  const sets = makeRandomScenarios(RULE_SETS, backend, own);
  writeFileSync(path, JSON.stringify(sets));
  const started = new Date();
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '--jobs', '20', path]));
  const pairs = pair(await loadScenarios([path]), backend, result, [started, new Date()]);
  const { differences, summary } = judge(pairs);
  t.comment(`${backend}: seed ${own}, ${RULE_SETS} rule sets: ${summary}`);
  const wrong = differences.slice(0, MOST_SHOWN).map((text) => `${text}\n${listRules(sets, text)}`);
  t.strictSame(wrong, [], `${backend}: ${differences.length} differences`);
  const probes = sets.reduce((sum, each) => sum + each.probes.length, 0);
  t.equal(pairs.length, probes, `${backend}: no probe is left out`);
  return pairs;
}

function listRules(sets: RandomScenario[], difference: string): string {
  const rules = sets.find(({ name }) => difference.startsWith(`${name},`))?.rules ?? [];
  return rules.map((rule, index) => `${index} ${rule}`).join('\n');
}
