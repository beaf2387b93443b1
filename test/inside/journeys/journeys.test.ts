// What became of the connections of a program, as the kernel's trace shows it from the start of the world on.
import t from 'tap';
import type { ProgramJourney } from '../../../src/model/evidence.js';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const PROGRAMS = `${ROOT}/test/inside/journeys/programs`;

interface Seen {
  exitCode: number;
  problem: string | null;
  journeys: ProgramJourney[];
  next: number;
}

interface Options {
  scenario?: unknown;
  backend?: string;
  faults?: string[];
  probes?: boolean;
  allowsNetAdmin?: boolean;
}

async function see(options: Options, command: string[], ordinary: boolean): Promise<Seen> {
  const { stdout, stderr } = await run('node', [`${PROGRAMS}/journeys.js`, JSON.stringify(options), ...command], { ordinary });
  return JSON.parse(stdout.trim().split('\n').at(-1) || JSON.stringify(stderr)) as Seen;
}

const CLIENTS = ['node', `${PROGRAMS}/clients.js`];

const SCENARIO = {
  name: 'journeys',
  servers: { web: 'tcp://127.0.0.2:80', dns: 'udp://127.0.0.2:53', six: 'tcp://[::1]:80' },
  rules: [
    '-A INPUT -p tcp --dport 82 -j DROP',
    '-A INPUT -p tcp --dport 83 -j REJECT --reject-with tcp-reset',
    '-A INPUT -p udp --dport 83 -j REJECT',
    '-A OUTPUT -p tcp --dport 84 -j DROP',
    '-A INPUT -p tcp --sport 85 -j DROP',
    '-A INPUT -p tcp -d ::1 --dport 86 -j DROP',
  ],
  probes: [
    { from: '127.0.0.1', to: 'web', expect: 'service' },
    { from: '127.0.0.1', to: 'dns', expect: 'service' },
  ],
};

const tell = ({ protocol, to, cause, rule, isComplete }: ProgramJourney) => [protocol, to, cause, rule?.text ?? null, isComplete];

// Each of them waits more than it works.
t.jobs = 2;

for (const [backend, ordinary] of [
  ['nft', true],
  ['legacy', false],
] as const) {
  const who = `${backend}, ${ordinary ? 'an ordinary user' : 'the caller'}`;

  t.test(`rules, without the probes of loopfw: ${who}`, async (t) => {
    const targets: [client: string, to: string, cause: string, rule: number | null][] = [
      ['tcp,127.0.0.2,80', '127.0.0.2:80', 'service', null],
      ['tcp,127.0.0.2,81', '127.0.0.2:81', 'no-listener', null],
      ['tcp,127.0.0.2,82', '127.0.0.2:82', 'dropped', 0],
      ['tcp,127.0.0.2,83', '127.0.0.2:83', 'rejected', 1],
      ['tcp,127.0.0.2,84', '127.0.0.2:84', 'dropped', 3],
      ['tcp,127.0.0.2,85', '127.0.0.2:85', 'answer-eaten', 4],
      ['udp,127.0.0.2,53', '127.0.0.2:53', 'service', null],
      ['udp,127.0.0.2,54', '127.0.0.2:54', 'no-listener', null],
      ['udp,127.0.0.2,83', '127.0.0.2:83', 'rejected', 2],
      ['tcp,::1,80', '[::1]:80', 'service', null],
      ['tcp,::1,86', '[::1]:86', 'dropped', 5],
      ['udp,::1,87', '[::1]:87', 'no-listener', null],
    ];
    const command = [...CLIENTS, ...targets.map(([client]) => client)];
    const { exitCode, journeys, next } = await see({ scenario: SCENARIO, backend, probes: true }, command, ordinary);
    t.equal(exitCode, 0);
    t.equal(next, targets.length);
    t.strictSame(
      journeys.map(tell),
      targets.map(([client, to, cause, rule]) => [
        client.slice(0, 3),
        to,
        cause,
        rule === null ? null : (SCENARIO.rules[rule] ?? null),
        true,
      ]),
    );
    t.strictSame(
      journeys.map(({ number }) => number),
      targets.map((_, place) => place),
    );
    t.strictSame(journeys[2]?.journey[0]?.steps.at(-1), { hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'drop' });
  });

  t.test(`faults: ${who}`, async (t) => {
    const targets: [client: string, fault: string, cause: string][] = [
      ['tcp,127.0.0.3,81', 'host-unreachable=127.0.0.3', 'rejected'],
      ['tcp,127.0.0.2,80', 'reply-lost=127.0.0.2:80', 'answer-eaten'],
      ['udp,127.0.0.2,53', 'answer-eaten=udp://127.0.0.2:53', 'answer-eaten'],
      ['tcp,127.0.0.4,82', 'refused=127.0.0.4', 'rejected'],
      ['tcp,::1,80,2000', 'mtu-blackhole=[::1]:80', 'dropped'],
      ['tcp,10.1.2.3,82', 'dropped=10.1.2.3', 'dropped'],
    ];
    const faults = targets.map(([, fault]) => fault);
    const { journeys } = await see({ scenario: SCENARIO, backend, faults }, [...CLIENTS, ...targets.map(([client]) => client)], ordinary);
    t.strictSame(
      journeys.map(({ cause, fault, rule, isComplete }) => [cause, fault, rule?.table, isComplete]),
      targets.map(([, fault, cause]) => [cause, fault, 'loopfw_faults', true]),
    );
    t.ok(journeys.every(({ journey, fault }) => journey.some(({ steps }) => steps.some((step) => step.fault === fault))));
  });
}

for (const ordinary of [false, true]) {
  t.test(`a world with nothing but lo, ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const { journeys, next } = await see({}, [...CLIENTS, 'tcp,127.0.0.1,80', 'udp,::1,53'], ordinary);
    t.strictSame(journeys.map(tell), [
      ['tcp', '127.0.0.1:80', 'no-listener', null, true],
      ['udp', '[::1]:53', 'no-listener', null, true],
    ]);
    t.equal(next, 2);
    t.strictSame(
      journeys[0]?.journey.map(({ kind, sender, causedBy, fate }) => [kind, sender, causedBy, fate]),
      [
        ['syn', 'client', null, 'arrived'],
        ['rst', 'server', 0, 'arrived'],
      ],
    );
  });

  t.test(`rules that the program adds by hand, ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const rules = [
      'iptables-nft -A INPUT -p tcp --dport 91 -j DROP',
      "nft 'add table inet mine; add chain inet mine in { type filter hook input priority 5; }; add rule inet mine in tcp dport 92 drop'",
      'iptables-nft -A INPUT -p tcp --dport 93 -j REJECT --reject-with tcp-reset',
    ].join(' && ');
    const clients = [...CLIENTS, ...[91, 92, 93, 82].map((port) => `tcp,127.0.0.1,${port}`)].join(' ');
    for (const scenario of [undefined, SCENARIO]) {
      const { exitCode, journeys } = await see({ allowsNetAdmin: true, scenario }, ['sh', '-c', `${rules} && ${clients}`], ordinary);
      t.equal(exitCode, 0);
      t.strictSame(
        journeys.map(({ cause, rule }) => [cause, rule?.entry ?? null, rule?.text.replace(' counter', '') ?? null]),
        [
          ['dropped', null, 'tcp dport 91 drop'],
          ['dropped', null, 'tcp dport 92 drop'],
          ['rejected', null, 'tcp dport 93 reject with tcp reset'],
          scenario === undefined ? ['no-listener', null, null] : ['dropped', 0, SCENARIO.rules[0]],
        ],
      );
      t.match(journeys[1]?.journey[0]?.steps.at(-1), { chain: 'in', rule: null, text: 'tcp dport 92 drop', verdict: 'drop' });
    }
  });
}

t.test('a rule that no trace shows makes no wrong cause', { skip: process.getuid?.() !== 0 && 'needs root' }, async (t) => {
  const rules = ['--dport 94 -j DROP', '--sport 95 -j DROP', '--dport 96 -j REJECT --reject-with tcp-reset'];
  const added = rules.map((rule) => `iptables-legacy -A INPUT -p tcp ${rule}`).join(' && ');
  const clients = [...CLIENTS, ...[94, 95, 96].map((port) => `tcp,127.0.0.1,${port}`)].join(' ');
  const { exitCode, journeys } = await see({ allowsNetAdmin: true }, ['sh', '-c', `${added} && ${clients}`], false);
  t.equal(exitCode, 0);
  t.strictSame(
    journeys.map(({ cause }) => cause),
    ['unexplained', 'unexplained', 'unexplained'],
  );
});

t.test('the latest 1,000 are kept', async (t) => {
  const { journeys, next, exitCode } = await see({}, ['node', `${PROGRAMS}/many.js`, '1500'], false);
  t.equal(exitCode, 0);
  t.equal(next, 1500);
  t.strictSame([journeys.length, journeys[0]?.number], [1000, 500]);
});

t.test('a connection that a fault has ended', async (t) => {
  const fault = 'reset-established=127.0.0.1:7000,after=2s';
  const { journeys, exitCode } = await see({ faults: [fault] }, ['node', `${PROGRAMS}/many.js`, '2', 'wait'], false);
  t.equal(exitCode, 0);
  t.strictSame(
    journeys.map(({ cause, fault }) => [cause, fault]),
    [
      ['service', null],
      ['service', null],
      ['rejected', fault],
    ],
  );
});
