// What the rules alone say of random rule sets is what the kernel does: both families, both back ends, every match and target.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import { judge, listModelled, pair } from '../../predict/comparison.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { makeRandomScenarios, type RandomScenario } from './random-rule-sets.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
/** Of each back end. */
const RULE_SETS = 80 * SOAK;
const LEAST_PREDICTIONS = 1000 * SOAK;
const MOST_SHOWN = 5;
const seed = SEED.seed ?? Date.now();

t.jobs = 2;
for (const [place, backend] of (['nft', 'legacy'] as const).entries()) {
  const own = seed + place;
  t.test(`${backend}: no prediction differs from the kernel`, { buffered: true }, async (t) => {
    const path = join(t.testdir(), 'random.json');
    const sets = makeRandomScenarios(RULE_SETS, backend, own);
    writeFileSync(path, JSON.stringify(sets));
    const started = new Date();
    const result = readResult(await loopfw(['run', '-r', 'json', '--jobs', '20', path]));
    const pairs = pair(await loadScenarios([path]), backend, result, [started, new Date()]);
    const { differences, summary, unknown } = judge(pairs);
    t.comment(`seed ${own}, ${RULE_SETS} rule sets: ${summary}`);
    const wrong = differences.slice(0, MOST_SHOWN).map((text) => `${text}\n${listRules(sets, text)}`);
    t.strictSame(wrong, [], `${differences.length} differences`);
    t.ok(unknown <= pairs.length / 20, `${unknown} of ${pairs.length} are unknown`);
    const modelled = listModelled(pairs);
    t.comment(`${modelled.known.length} matches and targets met packets`);
    t.strictSame(modelled.unknown, [], 'no match or target is unknown altogether');
    t.ok(pairs.length >= LEAST_PREDICTIONS, `${pairs.length} predictions`);
    t.equal(
      pairs.length,
      sets.reduce((sum, { probes }) => sum + probes.length, 0),
      'no probe is left out',
    );
  });
}

function listRules(sets: RandomScenario[], difference: string): string {
  const rules = sets.find(({ name }) => difference.startsWith(`${name},`))?.rules ?? [];
  return rules.map((rule, index) => `${index} ${rule}`).join('\n');
}
