// What nft's own listing of native rules says is what the kernel does: the native rule sets of the project, and random ones.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { judge, listAsked, type Pair, pair } from '../../predict/comparison.js';
import { listNative } from '../../predict/native-listing.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { makeNativeRules, type NativeRules } from './arbitrary-native.js';
import type { TableFamily } from './native-parts.js';

const FILES = [
  ...['arp', 'bridge', 'families', 'include', 'intervals', 'maps', 'netdev', 'router', 'tproxy', 'tproxy-lo'].map(
    (name) => `native/${name}`,
  ),
  ...['history', 'router', 'stations', 'verdicts'].map((name) => `nft/${name}`),
].map((name) => `test/end-to-end/rulesets/${name}.json`);
const LIBRARY = ['ferm-router-nft', 'ferm-router-nft-list'].map((name) => `scenarios/rule-sets/${name}.json`);
const PROOF = ['proves', 'waits'].map((name) => `test/end-to-end/proof/${name}/native.json`);

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
const RULE_SETS = 9 * SOAK;
const LEAST_PREDICTIONS = 75 * SOAK;
const FAMILIES: TableFamily[] = ['ip', 'inet', 'ip', 'inet', 'ip6'];
/** One retransmission of a SYN. */
const LIMIT_MS = 1600;
const MOST_SHOWN = 5;
const LONG = 'loopfw'.repeat(500);
const seed = SEED.seed ?? Date.now();

const SERVERS = { web: 'tcp://127.0.0.2:80-81', dns: 'udp://127.0.0.2:53', web6: 'tcp://[::1]:80-81', dns6: 'udp://[::1]:53' };
const IPV4 = [
  { from: '127.0.0.1', to: 'tcp://127.0.0.2:80' },
  { from: '127.0.0.5', to: 'tcp://127.0.0.2:80', send: 'loopfw' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', send: 'loopfw' },
  { from: '127.0.0.5', to: 'tcp://127.0.0.2:82' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.9:80' },
  { from: '127.0.0.1', to: 'udp://127.0.0.2:53' },
  { from: '127.0.0.5', to: 'udp://127.0.0.2:53' },
  { from: '127.0.0.1', to: 'udp://127.0.0.2:54' },
  { from: '127.0.0.1', to: 'icmp://127.0.0.2' },
  { from: '127.0.0.5', to: 'icmp://127.0.0.9' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', send: LONG },
];
const IPV6 = [
  { from: '::1', to: 'tcp://[::1]:80' },
  { from: '::1', to: 'tcp://[::1]:81', send: 'loopfw' },
  { from: '::1', to: 'tcp://[::1]:82' },
  { from: '::1', to: 'udp://[::1]:53' },
  { from: '::1', to: 'udp://[::1]:54' },
  { from: '::1', to: 'icmp://[::1]' },
  { from: '::1', to: 'tcp://[::1]:80', send: LONG },
];
const PROBES: Record<TableFamily, object[]> = { ip: IPV4, ip6: IPV6, inet: [...IPV4, ...IPV6] };

t.test('the native rule sets of the project', async (t) => {
  const files = [...FILES, ...LIBRARY, ...PROOF];
  const pairs = await predictAll(files);
  const { differences, summary } = judge(pairs);
  t.comment(summary);
  t.strictSame(differences, []);
  const known = pairs.filter(({ fate, scenario }) => fate.kind === 'known' && LIBRARY.some((file) => scenario.file.endsWith(file)));
  t.equal(known.length, pairs.filter(({ scenario }) => LIBRARY.some((file) => scenario.file.endsWith(file))).length, 'all of the library');
});

t.test('random native rule sets', async (t) => {
  const families = Array.from({ length: RULE_SETS }, (_, place) => FAMILIES[place % FAMILIES.length] ?? 'inet');
  const [sampled = []] = fc.sample(fc.tuple(...families.map((family, place) => makeNativeRules(family, place % 8 === 0))), {
    numRuns: 1,
    seed,
  });
  const listings = await listNative(sampled.map(({ text }) => text));
  // What this nft or kernel does not have is left out.
  const sets = sampled.map((rules, place) => ({ ...rules, place })).filter(({ text }) => listings.has(text));
  const folder = t.testdir();
  const path = join(folder, 'random.json');
  for (const { text, place } of sets) {
    writeFileSync(join(folder, `${place}.nft`), text);
  }
  writeFileSync(path, JSON.stringify(sets.flatMap(toScenarios)));
  const pairs = await predictAll([path]);
  const { differences, summary, unknown } = judge(pairs);
  t.comment(`seed ${seed}, ${sets.length} of ${RULE_SETS} rule sets are possible here: ${summary}`);
  const wrong = differences.slice(0, MOST_SHOWN).map((text) => `${text}\n${sampled[Number(/^set (\d+)/.exec(text)?.[1])]?.text}`);
  t.strictSame(wrong, [], `${differences.length} differences`);
  t.ok(unknown <= pairs.length / 20, `${unknown} of ${pairs.length} are unknown`);
  t.ok(pairs.length >= (LEAST_PREDICTIONS * sets.length) / RULE_SETS, `${pairs.length} predictions`);
  const asked = listAsked(pairs);
  t.strictSame(
    asked.guessed.filter((name) => !asked.answered.includes(name)),
    [],
    'nothing that the rules ask is unknown altogether',
  );
});

function toScenarios({ family, remembers, place }: NativeRules & { place: number }) {
  const probes = PROBES[family].map((probe) => ({ ...probe, timeoutMs: LIMIT_MS, expect: 'connected' }));
  const ruleset = { file: `${place}.nft`, format: 'nft' };
  const make = (name: string, chosen: typeof probes) => ({ name, backend: 'nft', servers: SERVERS, ruleset, probes: chosen });
  // What rules remember is known in a fresh world only: one world for each probe.
  return remembers ? probes.map((probe, index) => make(`set ${place} probe ${index}`, [probe])) : [make(`set ${place}`, probes)];
}

async function predictAll(files: string[]): Promise<Pair[]> {
  const scenarios = await loadScenarios(files);
  const texts = scenarios.flatMap(({ phases }) => phases.flatMap(({ ruleSet }) => ruleSet?.natives.map(({ text }) => text) ?? []));
  const listings = await listNative([...new Set(texts)], listInterfaces(scenarios));
  const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '--jobs', '20', ...files]));
  return pair(scenarios, 'nft', result, null, listings);
}

function listInterfaces(scenarios: Scenario[]): string[] {
  return [...new Set(scenarios.flatMap(({ world }) => world.interfaces.map(({ name }) => name)))];
}
