// Whenever random packets find a difference between two rule sets on the kernel, loopfw diff finds one too.
import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Diff } from '../../../src/model/diff.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { INTERFACES, makeScenario, randomPackets, ruleSetPairs } from './rule-set-pairs.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
const PAIRS = SOAK === 1 ? 4 : 10 * SOAK;
const PACKETS = SOAK === 1 ? 100 : 500;
const seed = SEED.seed ?? Date.now();
const interfaces = Object.entries(INTERFACES).flatMap(([name, address]) => ['--interface', `${name}=${address}`]);

t.test('diff finds what random packets find', { timeout: 3_600_000 }, async (t) => {
  const pairs = fc.sample(ruleSetPairs, { seed, numRuns: PAIRS });
  let found = 0;
  let reported = 0;
  for (const [place, { before, after }] of pairs.entries()) {
    const folder = join(t.testdirName, String(place));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'before.v4'), before);
    writeFileSync(join(folder, 'after.v4'), after);
    const packets = fc.sample(randomPackets, { seed: seed + place, numRuns: PACKETS });
    writeFileSync(join(folder, 'packets.json'), JSON.stringify(['before.v4', 'after.v4'].map((file) => makeScenario(packets, file))));
    const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', join(folder, 'packets.json')]));
    const [one = [], other = []] = result.scenarios.map(({ probes }) =>
      probes.map(({ from, to, observed, cause }) => JSON.stringify([from, to, observed?.outcome, observed?.icmp, cause])),
    );
    t.equal(one.length, PACKETS, 'every packet was sent');
    const differences = one.flatMap((text, index) => (text === other[index] ? [] : [`${text} then ${other[index]}`]));
    const ended = await loopfw(['diff', '-r', 'json', ...interfaces, join(folder, 'before.v4'), join(folder, 'after.v4')]);
    const diff = JSON.parse(ended.stdout || '{}') as Partial<Diff>;
    const changes = diff.changes?.length ?? 0;
    found += differences.length > 0 ? 1 : 0;
    reported += changes > 0 ? 1 : 0;
    const details = { stderr: ended.stderr, differences: differences.slice(0, 3), before, after };
    t.equal(ended.exitCode, changes > 0 ? 1 : 0, `pair ${place}: the exit code`, details);
    t.ok(changes > 0 || differences.length === 0, `pair ${place} of seed ${seed}: no difference is missed`, details);
    t.strictSame(diff.disagreements, [], `pair ${place} of seed ${seed}: the evaluator and the kernel agree`, details);
  }
  t.comment(`${PAIRS} pairs: random packets found ${found} that differ, diff found ${reported}`);
});
