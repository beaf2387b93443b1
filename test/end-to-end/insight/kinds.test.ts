// Packets in groups have the fates that the evaluator finds for each of them: of real rule sets, and of random ones.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { DRAFT_BASE, draftComparison } from '../../../src/input/drafts/compared/comparison.js';
import type { Family } from '../../../src/model/rule.js';
import type { ReadRuleSet } from '../../../src/predict/chains/rule-set.js';
import { readNativeRuleSets } from '../../../src/predict/native/rule-set.js';
import { readRules } from '../../../src/predict/scenario.js';
import { KindSorter } from '../../../src/run/insight/diff/kinds.js';
import { listPackets } from '../../../src/run/insight/diff/packets.js';
import { readSide } from '../../../src/run/insight/rule-sets.js';
import { listNative } from '../../predict/native-listing.js';
import { SEED } from '../../support/seed.js';
import { makeNativeRules } from '../prediction/arbitrary-native.js';
import { makeRandomScenarios } from '../prediction/random-rule-sets.js';
import { sortBoth } from './each-packet.js';
import { makePairs } from './rule-set-pairs.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
const PAIRS = 3 * SOAK;
const RANDOM = 7 * SOAK;
const NATIVE = 6 * SOAK;
/** Of each pair of rule sets. */
const MOST = 90;
const seed = SEED.seed ?? Date.now();

const REAL = ['ferm-router', 'ferm-server', 'firehol-router', 'shorewall-router', 'shorewall-server', 'ufw-router', 'ufw-server'];

interface Text {
  text: string;
  read: ((side: ReturnType<typeof readSide>) => Record<Family, ReadRuleSet>) | null;
}

function compare(t: Test, name: string, [before, after]: [Text, Text], most: number): void {
  const [one, other] = [before, after].map(({ text, read }) => {
    const side = readSide([{ path: name, content: { text } }], DRAFT_BASE);
    return { side, read: read === null ? readRules(side.ruleSet.rules, 'nft') : read(side) };
  });
  if (one === undefined || other === undefined) {
    throw new Error('two rule sets');
  }
  const compared = draftComparison([one.side.ruleSet, other.side.ruleSet], new Map());
  const { grouped, each } = sortBoth(compared, { before: one.read, after: other.read }, most);
  t.strictSame(grouped, each, name, { before: before.text.split('\n'), after: after.text.split('\n') });
}

t.test('real rule sets and an edit', (t) => {
  for (const [place, name] of REAL.entries()) {
    const text = readFileSync(`scenarios/rule-sets/${name}.rules.v4`, 'utf8');
    const lines = text.split('\n');
    const rules = lines.flatMap((line, at) => (line.startsWith('-A') ? [at] : []));
    const at = rules[(seed + place) % rules.length] ?? 0;
    const edited = lines.toSpliced(at, 1).join('\n');
    compare(
      t,
      `${name} without ${lines[at]}`,
      [
        { text, read: null },
        { text: edited, read: null },
      ],
      MOST,
    );
  }
  t.end();
});

t.test('pairs of rule sets that differ in one rule', (t) => {
  for (const [place, { before, after }] of makePairs(PAIRS, seed).entries()) {
    compare(
      t,
      `pair ${place} of seed ${seed}`,
      [
        { text: before, read: null },
        { text: after, read: null },
      ],
      MOST,
    );
  }
  t.end();
});

t.test('random rules, of all matches and targets', (t) => {
  const scenarios = makeRandomScenarios(RANDOM, 'nft', seed).filter(({ name }) => !name.includes('probe') || name.endsWith('probe 0'));
  const texts = scenarios.map(({ rules }) => rules.filter((rule) => !/-m set |-j SET |--match-set/.test(rule)).join('\n'));
  for (const [place, text] of texts.entries()) {
    const after = text.split('\n').slice(0, -1).join('\n');
    if (after !== '') {
      compare(
        t,
        `set ${place} of seed ${seed}`,
        [
          { text, read: null },
          { text: after, read: null },
        ],
        MOST,
      );
    }
  }
  t.end();
});

t.test('random native rules', async (t) => {
  const families = Array.from({ length: NATIVE }, (_, place) => (['ip', 'inet', 'ip6'] as const)[place % 3] ?? 'ip');
  const [sampled = []] = fc.sample(fc.tuple(...families.map((family, place) => makeNativeRules(family, place % 4 === 0))), {
    numRuns: 1,
    seed,
  });
  const listings = await listNative(sampled.map(({ text }) => text));
  let last: Text | null = null;
  for (const [place, { text }] of sampled.entries()) {
    const listing = listings.get(text);
    if (listing !== undefined) {
      const own: Text = { text, read: () => readNativeRuleSets(listing, 'none') };
      compare(t, `native ${place} of seed ${seed}`, [own, last ?? own], MOST);
      last = own;
    }
  }
});

t.test('the evaluator is asked about few packets, and once', (t) => {
  const text = readFileSync('scenarios/rule-sets/firehol-router.rules.v4', 'utf8');
  const side = readSide([{ path: 'router', content: { text } }], DRAFT_BASE);
  const compared = draftComparison([side.ruleSet], new Map());
  const [before, after] = [readRules(side.ruleSet.rules, 'nft'), readRules(side.ruleSet.rules, 'nft')];
  const list = listPackets(compared, 'ipv4', [before.ipv4, after.ipv4]);
  const sorter = new KindSorter(compared, { before, after });
  sorter.add(list, Infinity);
  const { asked, packets } = sorter;
  t.ok(packets > 100_000 && asked * 20 < packets, `${asked} questions about ${packets} packets`);
  new KindSorter(compared, { before, after }).add(list, 1000);
  t.equal(sorter.asked, asked, 'another comparison of the same rule sets asks nothing');
  t.end();
});
