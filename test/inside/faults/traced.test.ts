// What a probe says of itself when a fault has decided it.
import t from 'tap';
import type { Cause, Outcome, ScenarioResult } from '../../../src/model/result.js';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

/** Which probe meets the fault: a new connection, one that stays open from before, or one with a long request or answer. */
type Use = 'new' | 'open' | 'long' | 'udp';

const TARGETS = { ipv4: ['127.0.0.1', '127.0.0.2'], ipv6: ['::1', '[::1]'] } as const;

/** Fault, probe, and what is expected of its outcome, cause, and the verdict of the fault's step; null: no packet met the fault. */
const KINDS: [kind: string, use: Use, outcome: Outcome, cause: Cause, verdict: 'drop' | 'reject' | null][] = [
  ['refused', 'new', 'refused', 'rejected', 'reject'],
  ['refused', 'open', 'reset', 'rejected', null],
  ['refused', 'udp', 'refused', 'rejected', 'reject'],
  ['dropped', 'new', 'timeout', 'dropped', 'drop'],
  ['dropped', 'open', 'timeout', 'dropped', 'drop'],
  ['dropped', 'udp', 'timeout', 'dropped', 'drop'],
  ['answer-eaten', 'new', 'timeout', 'answer-eaten', 'drop'],
  ['answer-eaten', 'udp', 'timeout', 'answer-eaten', 'drop'],
  ['host-unreachable', 'new', 'unreachable', 'rejected', 'reject'],
  ['net-unreachable', 'new', 'unreachable', 'rejected', 'reject'],
  ['net-unreachable', 'udp', 'timeout', 'rejected', 'reject'],
  ['admin-prohibited', 'new', 'unreachable', 'rejected', 'reject'],
  ['admin-prohibited', 'udp', 'unreachable', 'rejected', 'reject'],
  ['proto-unreachable', 'new', 'unreachable', 'rejected', 'reject'],
  ['reset-established', 'open', 'reset', 'rejected', null],
  ['blackhole-established', 'open', 'timeout', 'dropped', 'drop'],
  ['half-open', 'open', 'reset', 'rejected', null],
  ['reply-lost', 'long', 'timeout', 'answer-eaten', 'drop'],
  ['mtu-blackhole', 'long', 'timeout', 'dropped', 'drop'],
  ['mtu-blackhole', 'udp', 'timeout', 'dropped', 'drop'],
  ['closed-after', 'long', 'reset', 'rejected', 'reject'],
];

const KEYS: Record<string, string> = { 'closed-after': ',bytes=100' };

function makeScenario(family: keyof typeof TARGETS, kinds: typeof KINDS, rules: readonly string[]) {
  const [from, to] = TARGETS[family];
  const servers = Object.fromEntries(
    kinds.map(([, use], place) => [
      `s${place}`,
      { ...{ protocol: use === 'udp' ? 'udp' : 'tcp', address: to.replace(/[[\]]/g, ''), port: 7000 + place } },
    ]),
  );
  const open = (place: number) => ({ from, to: `s${place}`, open: `c${place}`, expect: 'service' });
  const meet = ([kind, use, outcome, cause]: (typeof KINDS)[number], place: number) => ({
    ...(use === 'open' ? { use: `c${place}`, send: 'x' } : { from, to: `s${place}` }),
    ...(use === 'long' ? { send: { bytes: 20_000 } } : {}),
    ...(use === 'udp' && kind === 'mtu-blackhole' ? { send: { bytes: 2000 } } : {}),
    timeoutMs: 1500,
    expect: { outcome, cause },
  });
  return {
    name: 'faults',
    servers,
    phases: [
      { name: 'before', probes: kinds.flatMap(([, use], place) => (use === 'open' ? [open(place)] : [])) },
      { name: 'under faults', rules, probes: kinds.map(meet) },
    ],
  };
}

const RULES = ['-A INPUT -p tcp --dport 6999 -j DROP', '-A OUTPUT -d 10.0.0.0/8 -j REJECT', '-A INPUT -d ::2 -j DROP'];

/** Each family meets both back ends, both users, and a world with and without rules. */
const WAYS = {
  ipv4: [
    ['nft', false, RULES],
    ['legacy', true, []],
  ],
  ipv6: [
    ['nft', true, []],
    ['legacy', false, RULES],
  ],
} as const;

// Each of them waits more than it works.
t.jobs = 2;

for (const family of ['ipv4', 'ipv6'] as const) {
  for (const [backend, ordinary, rules] of WAYS[family]) {
    t.test(`every kind, ${family}, ${backend}, ${ordinary ? 'an ordinary user' : 'the caller'}, ${rules.length} rules`, async (t) => {
      const kinds = KINDS.filter(([kind]) => family === 'ipv4' || kind !== 'proto-unreachable');
      const faults = kinds.map(
        ([kind, use], place) => `${kind}=${use === 'udp' ? 'udp://' : ''}${TARGETS[family][1]}:${7000 + place}${KEYS[kind] ?? ''}`,
      );
      const program = [`${ROOT}/test/inside/faults/programs/traced.js`, backend, '1', ...faults];
      const input = JSON.stringify(makeScenario(family, kinds, rules));
      const { stdout, stderr } = await run('node', program, { ordinary, input });
      t.equal(stderr, '');
      const { error, probes } = JSON.parse(stdout) as ScenarioResult;
      t.equal(error, null);
      for (const [place, probe] of probes.slice(-kinds.length).entries()) {
        const [kind, use, outcome, cause, verdict] = kinds[place]!;
        const fault = faults[place]!;
        t.test(`${kind}, ${use}`, (t) => {
          t.equal(probe.status, 'passed', probe.explanation);
          t.equal(probe.cause, cause, probe.explanation);
          t.equal(probe.observed?.outcome, outcome);
          t.match(probe.rule, {
            index: null,
            name: fault,
            text: `fault ${fault}`,
            isPolicy: false,
            table: 'loopfw_faults',
            chain: `f${place}`,
          });
          const steps = probe.journey.flatMap((packet) =>
            packet.steps.filter((step) => step.fault !== undefined).map((step) => ({ ...step, fate: packet.fate })),
          );
          t.strictSame(
            steps.filter((step) => step.fault !== fault || step.verdict !== verdict || step.fate !== 'ended' || step.hook !== 'input'),
            [],
          );
          t.equal(steps.length > 0, verdict !== null);
          t.match(probe.explanation, `the fault ${fault}`);
          t.end();
        });
      }
    });
  }
}

t.test('a drop is proved where a SYN that is sent again meets the same fault', async (t) => {
  const faults = [
    'dropped=127.0.0.2:7000',
    'dropped=127.0.0.2:7001,first=9',
    'dropped=127.0.0.2:7002,chance=0.999999',
    'dropped=127.0.0.2:7003,keep-live',
  ];
  const probe = (place: number) => ({ from: '127.0.0.1', to: `tcp://127.0.0.2:${7000 + place}`, timeoutMs: 300, expect: 'dropped' });
  const scenario = { name: 'proof', phases: [{ name: 'under faults', rules: [], probes: [0, 1, 2, 3].map(probe) }] };
  const judge = async (more: string[]) => {
    const program = [`${ROOT}/test/inside/faults/programs/traced.js`, 'nft', '0', ...faults, ...more];
    const { stdout } = await run('node', program, { input: JSON.stringify(scenario) });
    return (JSON.parse(stdout) as ScenarioResult).probes.map(({ status, decided }) => [status, decided]);
  };
  t.strictSame(await judge([]), [
    ['passed', 'proved'],
    ['passed', 'observed'],
    ['passed', 'observed'],
    ['passed', 'proved'],
  ]);
  const waited = ['passed', 'observed'];
  t.strictSame(await judge(['refused=127.0.0.9:9,for=1m']), [waited, waited, waited, waited], 'a fault will end by itself');
});
