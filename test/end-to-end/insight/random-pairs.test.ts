// Whenever random packets find a difference between two rule sets on the kernel, loopfw diff finds one too. Where there is none, it reports nothing.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readDiff } from '../../support/diff.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { INTERFACES, makeEqualPairs, makePackets, makePairs, makeScenario, type RuleSetPair } from './rule-set-pairs.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
const PAIRS = SOAK === 1 ? 2 : 10 * SOAK;
const EQUAL_PAIRS = 2 * SOAK;
const PACKETS = SOAK === 1 ? 100 : 500;
const seed = SEED.seed ?? Date.now();
const interfaces = Object.entries(INTERFACES).flatMap(([name, address]) => ['--interface', `${name}=${address}`]);

async function diff(folder: string, { before, after }: RuleSetPair) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'before.v4'), before);
  writeFileSync(join(folder, 'after.v4'), after);
  const ended = await loopfw(['diff', '-r', 'json', ...interfaces, join(folder, 'before.v4'), join(folder, 'after.v4')]);
  return { ...readDiff(ended), exitCode: ended.exitCode };
}

/** The differences that the packets find: what a client sees, or why. */
async function sendAll(folder: string, packets: ReturnType<typeof makePackets>): Promise<string[]> {
  writeFileSync(join(folder, 'packets.json'), JSON.stringify(['before.v4', 'after.v4'].map((file) => makeScenario(packets, file))));
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', join(folder, 'packets.json')]));
  const [one = [], other = []] = result.scenarios.map(({ probes }) =>
    probes.map(({ from, to, observed, cause }) =>
      // On a busy machine evidence may be lost.
      cause === 'unexplained' ? null : JSON.stringify([from, to, observed?.outcome, observed?.icmp, cause]),
    ),
  );
  t.equal(one.length, PACKETS, 'every packet was sent');
  return one.flatMap((text, index) => {
    const then = other[index] ?? null;
    return text === null || then === null || text === then ? [] : [`${text} then ${then}`];
  });
}

t.test('diff finds what random packets find', { timeout: 7_200_000 }, async (t) => {
  const counts = { found: 0, reported: 0, missed: 0, disagreements: 0 };
  for (const [place, pair] of makePairs(PAIRS, seed).entries()) {
    const folder = join(t.testdirName, String(place));
    const { changes, disagreements, exitCode } = await diff(folder, pair);
    const differences = await sendAll(folder, makePackets(PACKETS, seed + place));
    counts.found += differences.length > 0 ? 1 : 0;
    counts.reported += changes.length > 0 ? 1 : 0;
    counts.missed += differences.length > 0 && changes.length === 0 ? 1 : 0;
    counts.disagreements += disagreements.length;
    const details = { differences: differences.slice(0, 3), ...pair };
    t.equal(exitCode, changes.length > 0 ? 1 : 0, `pair ${place}: the exit code`, details);
    t.ok(changes.length > 0 || differences.length === 0, `pair ${place} of seed ${seed}: no difference is missed`, details);
    t.strictSame(disagreements, [], `pair ${place} of seed ${seed}: the evaluator and the kernel agree`, details);
  }
  t.comment(
    `seed ${seed}, ${PAIRS} pairs: ${PACKETS} random packets found ${counts.found} that differ, diff found ${counts.reported}, ` +
      `${counts.missed} missed, ${counts.disagreements} mistakes of the evaluator`,
  );
});

t.test('rule sets that are equal in effect', { timeout: 3_600_000 }, async (t) => {
  let reported = 0;
  for (const [place, pair] of makeEqualPairs(EQUAL_PAIRS, seed).entries()) {
    const { changes } = await diff(join(t.testdirName, String(place)), pair);
    reported += changes.length > 0 ? 1 : 0;
    t.strictSame(changes, [], `equal pair ${place} of seed ${seed}: nothing is reported`, pair);
  }
  t.comment(`seed ${seed}, ${EQUAL_PAIRS} pairs that are equal in effect: diff reported ${reported}`);
});
