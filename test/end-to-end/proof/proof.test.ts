// What is proved is true: random rule sets of every match and target, once with proof and once with full patience. The first run has its
// TCP clients and servers by system calls, the second in the event loop of Node.js: two readers that share no code of sockets.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import type { Backend, ProbeResult, Result } from '../../../src/model/result.js';
import type { Family } from '../../../src/model/rule.js';
import { MATCHES } from '../../../src/rules/extensions/match-table.js';
import { TARGETS } from '../../../src/rules/extensions/target-table.js';
import { getRetransmissionTraits } from '../../../src/rules/stability/rule-traits.js';
import { findInstabilities, isStable } from '../../../src/rules/stability/traits.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { withEventLoop } from '../../support/event-loop.js';
import { SEED } from '../../support/seed.js';
import { IPSETS, listFocusedRules, makeLiveRules } from './arbitrary-live-rules.js';
import { ALL_PARTS, KNOWN_PARTS, nativeRules } from './arbitrary-native-rules.js';
import { keepPossible } from '../../support/possible-rules.js';

/** Two retransmissions of a SYN: after one second, and after another (tcp_syn_linear_timeouts). */
const LIMIT_MS = 2300;
/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
/** The matches and targets on which two of three rule sets hang. In a usual run each has its turn in one of the back ends. */
const FOCUSED = listFocusedRules();
const HALF = Math.ceil(FOCUSED.length / 2);
/** Of each back end. */
const SCENARIOS = Math.ceil(HALF * 1.5 + 2) * SOAK;
const NATIVE_SCENARIOS = 16 * SOAK;

const MOST_SHOWN = 5;

const SERVERS = {
  ipv4: { web: 'tcp://127.0.0.2:80-81', dns: 'udp://127.0.0.2:53' },
  ipv6: { web: 'tcp://[::1]:80-81', dns: 'udp://[::1]:53' },
};
/** lo takes it at once; sent again it may be cut. */
const LONG = 'loopfw'.repeat(500);
const PROBES: Record<Family, object[]> = {
  ipv4: [
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:80' },
    { from: '127.0.0.5', to: 'tcp://127.0.0.2:80', send: 'loopfw' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', send: 'loopfw' },
    { from: '127.0.0.5', to: 'tcp://127.0.0.2:82' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.9:80' },
    { from: '127.0.0.1', to: 'udp://127.0.0.2:53' },
    { from: '127.0.0.1', to: 'icmp://127.0.0.2' },
    { from: '127.0.0.5', to: 'tcp://127.0.0.2:80' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', send: LONG },
  ],
  ipv6: [
    { from: '::1', to: 'tcp://[::1]:80' },
    { from: '::1', to: 'tcp://[::1]:81', send: 'loopfw' },
    { from: '::1', to: 'tcp://[::1]:82' },
    { from: '::1', to: 'udp://[::1]:53' },
    { from: '::1', to: 'icmp://[::1]' },
    { from: '::1', to: 'tcp://[::1]:80', send: 'loopfw' },
    { from: '::1', to: 'tcp://[::1]:80', send: LONG },
  ],
};

/** The ipsets that time or rules change, and a list that has such a set. */
const CHANGING_SETS = new Map(['set old', 'set noted', 'set all'].map((name) => [name, { match: 0, miss: 0 }]));

interface Case {
  name: string;
  family: Family;
  backend: Backend;
  rules: string[];
  mayDiffer: boolean;
  /** Whether NAT draws: then it may draw something else in another run. */
  isDrawn: boolean;
}

const seed = 'seed' in SEED ? SEED.seed : Date.now();
/** The three wait at once; each has seen what it has when it has ended. */
t.jobs = 3;
const seen = new Map<string, number>();

for (const backend of ['nft', 'legacy'] as const) {
  t.test(`${backend}: what is proved is what a client sees that waits`, { buffered: true }, async (t) => {
    const cases = makeCases(backend);
    compare(t, cases, await runBoth(t.testdir(), cases.map(toScenario)));
  });
}

t.test('native rules: what is proved is what a client sees that waits', { buffered: true }, async (t) => {
  const folder = t.testdir();
  const cases = fc.sample(nativeRules, { numRuns: NATIVE_SCENARIOS, seed }).map(({ text, mayDiffer, isDrawn }, place): Case => {
    writeFileSync(join(folder, `${place}.nft`), text);
    return { name: `native ${place}`, family: 'ipv4', backend: 'nft', rules: [text], mayDiffer, isDrawn };
  });
  const scenarios = cases.map(({ rules: _, backend: __, ...each }, place) => {
    const { rules: ___, backend: ____, ...rest } = toScenario({ ...each, rules: [], backend: 'nft' });
    return { ...rest, ruleset: { file: `${place}.nft`, format: 'nft' } };
  });
  compare(t, cases, await runBoth(folder, scenarios));
  t.ok(KNOWN_PARTS > ALL_PARTS * 0.8, `${KNOWN_PARTS} of ${ALL_PARTS} expressions are known here`);
});

function compare(t: Test, cases: Case[], [proof, full]: [Result, Result]): void {
  const differences: string[] = [];
  let [proved, provedAmongInstabilities, probes] = [0, 0, 0];
  for (const [place, each] of cases.entries()) {
    const errors = [proof, full].flatMap(({ scenarios }) => scenarios[place]?.error?.message ?? []);
    differences.push(...errors.map((message) => `${each.name} ${message}\n${each.rules.join('\n')}`));
    for (const [index, quick] of (proof.scenarios[place]?.probes ?? []).entries()) {
      const slow = full.scenarios[place]?.probes[index];
      probes++;
      if (quick.observed === null || slow?.observed === null) {
        differences.push(`${each.name} #${index} was not made: ${quick.explanation}\n${each.rules.join('\n')}`);
      }
      if (quick.decided === 'proved') {
        proved++;
        provedAmongInstabilities += each.mayDiffer ? 1 : 0;
      }
      if (slow !== undefined && isComparable(quick, each) && !isSame(quick, slow, each)) {
        differences.push(`${each.name} #${index}\n${each.rules.join('\n')}\nproof ${show(quick)}\nfull  ${show(slow)}`);
      }
    }
  }
  t.comment(
    `seed ${seed}: ${cases.length} rule sets, ${probes} probes, ${proved} proved, ${provedAmongInstabilities} of them beside rules that are not stable`,
  );
  t.strictSame(differences.slice(0, MOST_SHOWN), [], `${differences.length} differences`);
  t.equal(
    probes,
    cases.reduce((sum, { family }) => sum + PROBES[family].length, 0),
    'no probe is left out',
  );
  // What a kernel can prove depends on its modules: a tenth is enough to mean something.
  t.ok(proved >= probes / 10, `${proved} proved`);
  t.ok(provedAmongInstabilities >= probes / 25, `${provedAmongInstabilities} proved beside rules that are not stable`);
}

/**
 * Two runs of rules that know time, chance or the past differ by themselves, but not in what is proved. Nobody sends a datagram again, so of those a
 * rule may drop one and not the next.
 */
function isComparable({ decided, protocol }: ProbeResult, { mayDiffer, isDrawn }: Case): boolean {
  return !mayDiffer || (!isDrawn && decided === 'proved' && protocol === 'tcp');
}

t.test('no match and no target was left out', async (t) => {
  const names = [...Object.keys(MATCHES), ...Object.keys(TARGETS)].filter((name) => name !== 'TRACE');
  t.strictSame(
    names.filter((name) => !seen.has(name)),
    [],
  );
});

function makeCases(backend: Backend): Case[] {
  const families: Family[] = ['ipv4', 'ipv4', 'ipv4', 'ipv6'];
  const sets = Array.from({ length: SCENARIOS }, (_, place) => {
    const turn = place - Math.ceil(place / 3) + (backend === 'nft' ? HALF : 0);
    const family = families[place % families.length] ?? 'ipv4';
    const own = place % 3 === 0 ? undefined : FOCUSED[turn % FOCUSED.length];
    return fc.tuple(fc.constant(own?.family ?? family), own?.rules ?? makeLiveRules(family));
  });
  const [sampled = []] = fc.sample(fc.tuple(...sets), { numRuns: 1, seed });
  return sampled.map(([family, texts], place) => {
    const { rules, entries } = keepPossible(texts, backend);
    const traits = entries.flatMap((entry) =>
      'rules' in entry ? entry.rules.map((rule) => ({ table: entry.table, ...getRetransmissionTraits(rule) })) : [],
    );
    const mayDiffer = findInstabilities(traits, false, { changing: CHANGING_SETS }).some(
      (instability) => instability !== null && instability.kinds.some((kind) => kind !== 'flow'),
    );
    const isDrawn = traits.some(
      ({ table, stabilities }) => stabilities.includes('binding') || (table === 'nat' && !stabilities.every(isStable)),
    );
    for (const entry of entries) {
      for (const { matches, target } of 'rules' in entry ? entry.rules : []) {
        for (const name of [...matches.map((match) => match.name), target?.name ?? '']) {
          seen.set(name, (seen.get(name) ?? 0) + 1);
        }
      }
    }
    return { name: `${backend} ${place}`, family, backend, rules, mayDiffer, isDrawn };
  });
}

function toScenario({ name, family, backend, rules }: Omit<Case, 'mayDiffer' | 'isDrawn'>) {
  const probes = PROBES[family].map((probe) => ({ ...probe, timeoutMs: LIMIT_MS, expect: 'connected' }));
  return { name, backend, ipsets: IPSETS[family], servers: SERVERS[family], rules, probes };
}

async function runBoth(folder: string, scenarios: object[]): Promise<[Result, Result]> {
  const run = async (patience: string, own: object[]) => {
    const path = join(folder, `${patience}.json`);
    writeFileSync(path, JSON.stringify(own));
    return readResult(await loopfw(['run', '-r', 'json', '--no-advice', '--jobs', '40', '--patience', patience, path]));
  };
  const [proof, full] = await Promise.all([run('proof', scenarios), run('full', scenarios.map(withEventLoop))]);
  return [proof, full];
}

/** Time, chance or the past may choose between two rules that both drop. */
function isSame(one: ProbeResult, other: ProbeResult, { mayDiffer }: Case): boolean {
  return mayDiffer
    ? one.observed?.outcome === other.observed?.outcome
    : JSON.stringify(getVerdict(one)) === JSON.stringify(getVerdict(other));
}

function getVerdict({ observed, cause, rule }: ProbeResult): unknown {
  return [observed?.outcome, cause, rule?.index, rule?.chain];
}

function show(probe: ProbeResult): string {
  return `${probe.decided} ${JSON.stringify(getVerdict(probe))} ${probe.observed?.elapsedMs ?? ''}`;
}
