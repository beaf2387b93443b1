// What the rules alone say of random rule sets is what the kernel does: both families, both back ends, every match and target.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import type { Backend } from '../../../src/model/result.js';
import type { Family } from '../../../src/model/rule.js';
import { judge, pair } from '../../predict/comparison.js';
import { loopfw } from '../../support/loopfw.js';
import { keepPossible } from '../../support/possible-rules.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { IPSETS, makeLiveRules } from '../proof/arbitrary-live-rules.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
/** Of each back end. */
const RULE_SETS = 20 * SOAK;
/** One retransmission of a SYN. */
const LIMIT_MS = 1600;
const MOST_SHOWN = 5;
const REMEMBERS = /-m (?:limit|hashlimit|recent|quota|statistic|connlimit) /;
const seed = SEED.seed ?? Date.now();
const LONG = 'loopfw'.repeat(500);

const SERVERS = {
  ipv4: { web: 'tcp://127.0.0.2:80-81', dns: 'udp://127.0.0.2:53' },
  ipv6: { web: 'tcp://[::1]:80-81', dns: 'udp://[::1]:53' },
};
const PROBES: Record<Family, object[]> = {
  ipv4: [
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:80' },
    { from: '127.0.0.5', to: 'tcp://127.0.0.2:80', send: 'loopfw' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', send: 'loopfw' },
    { from: '127.0.0.5', to: 'tcp://127.0.0.2:82' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.9:80' },
    { from: '127.0.0.1', to: 'udp://127.0.0.2:53' },
    { from: '127.0.0.1', to: 'udp://127.0.0.2:54' },
    { from: '127.0.0.1', to: 'icmp://127.0.0.2' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', send: LONG },
  ],
  ipv6: [
    { from: '::1', to: 'tcp://[::1]:80' },
    { from: '::1', to: 'tcp://[::1]:81', send: 'loopfw' },
    { from: '::1', to: 'tcp://[::1]:82' },
    { from: '::1', to: 'udp://[::1]:53' },
    { from: '::1', to: 'udp://[::1]:54' },
    { from: '::1', to: 'icmp://[::1]' },
    { from: '::1', to: 'tcp://[::1]:80', send: LONG },
  ],
};

t.jobs = 2;
for (const [place, backend] of (['nft', 'legacy'] as const).entries()) {
  const own = seed + place;
  t.test(`${backend}: no prediction differs from the kernel`, { buffered: true }, async (t) => {
    const path = join(t.testdir(), 'random.json');
    const sets = makeRuleSets(backend, own);
    writeFileSync(path, JSON.stringify(sets));
    const started = new Date();
    const result = readResult(await loopfw(['run', '-r', 'json', '--jobs', '20', path]));
    const pairs = pair(await loadScenarios([path]), backend, result, [started, new Date()]);
    const { differences, summary, unknown } = judge(pairs);
    t.comment(`seed ${own}, ${RULE_SETS} rule sets: ${summary}`);
    const wrong = differences.slice(0, MOST_SHOWN).map((text) => `${text}\n${listRules(sets, text)}`);
    t.strictSame(wrong, [], `${differences.length} differences`);
    // Processors, chance, what the kernel draws, and ipsets. A few rule sets hang on nothing else.
    t.ok(unknown <= pairs.length / 8, `${unknown} of ${pairs.length} are unknown`);
    t.equal(
      pairs.length,
      sets.reduce((sum, { probes }) => sum + probes.length, 0),
      'no probe is left out',
    );
  });
}

function makeRuleSets(backend: Backend, own: number) {
  const families: Family[] = ['ipv4', 'ipv4', 'ipv6'];
  const all = Array.from({ length: RULE_SETS }, (_, place) => families[place % families.length] ?? 'ipv4');
  const [sampled = []] = fc.sample(fc.tuple(...all.map(makeLiveRules)), { numRuns: 1, seed: own });
  return sampled.flatMap((texts, place) => {
    const family = all[place] ?? 'ipv4';
    const probes = PROBES[family].map((probe) => ({ ...probe, timeoutMs: LIMIT_MS, expect: 'connected' }));
    const { rules } = keepPossible(texts, backend);
    const make = (name: string, chosen: typeof probes) => ({
      name,
      backend,
      servers: SERVERS[family],
      ipsets: IPSETS[family],
      rules,
      probes: chosen,
    });
    // What rules remember is known in a fresh world only: one world for each probe.
    return REMEMBERS.test(rules.join('\n'))
      ? probes.map((probe, index) => make(`set ${place} probe ${index}`, [probe]))
      : [make(`set ${place}`, probes)];
  });
}

function listRules(sets: { name: string; rules: string[] }[], difference: string): string {
  const rules = sets.find(({ name }) => difference.startsWith(`${name},`))?.rules ?? [];
  return rules.map((rule, index) => `${index} ${rule}`).join('\n');
}
