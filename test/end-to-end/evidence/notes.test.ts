// Why rules did not do what was expected: each kind of note, what has none, and that notes change no verdict.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { ProbeResult, Result } from '../../../src/model/result.js';
import { type Ended, loopfw } from '../../support/loopfw.js';
import { getVerdicts, readResult, readResultFile } from '../../support/result.js';

const WAYS = [
  { backend: 'nft', ordinary: false },
  { backend: 'legacy', ordinary: true },
];

async function run(way: (typeof WAYS)[number], scenarios: object, args: string[] = []): Promise<{ ended: Ended; result: Result }> {
  const all = ['run', '-r', 'json', '--backend', way.backend, ...args, '-'];
  const ended = await loopfw(all, { input: JSON.stringify(scenarios), ordinary: way.ordinary });
  return { ended, result: readResult(ended) };
}

/** `nearest 0: No rule …`. The port of a client is not the same in each run. */
const tell = ({ notes }: ProbeResult) =>
  notes.map(({ kind, rule, text }) => `${kind} ${rule.index}: ${text.replace(/port 3\d{4}/, 'port of the client')}`);

const WEB = { servers: { web: 'tcp://127.0.0.2:80' } };
const WEB6 = { servers: { web: 'tcp://[::1]:80' } };
const ETH = { interfaces: { eth0: { addresses: ['192.0.2.1/24'] } }, clients: { outside: { address: '192.0.2.9', via: 'eth0' } } };
const ROUTER = {
  interfaces: { lan0: { addresses: ['192.0.2.1/24'] }, wan0: { addresses: ['203.0.113.1/24'] } },
  sysctl: { 'net.ipv4.ip_forward': 1 },
  servers: { ssh: { protocol: 'tcp', address: '192.0.2.100', port: 22, via: 'lan0' } },
  clients: { lan: { address: '192.0.2.50', via: 'lan0' }, outside: { address: '203.0.113.9', via: 'wan0' } },
};
const ask = (expect: unknown, from = '127.0.0.1', to = 'web') => ({ probes: [{ from, to, expect, timeoutMs: 400 }] });
const FORWARDED = '-t nat -A PREROUTING -p tcp --dport 22 -j DNAT --to-destination 192.0.2.100:22';

type Case = [name: string, scenario: object, notes: string[]];

const MISTAKES: Case[] = [
  [
    'the wrong address',
    { ...WEB, rules: ['-A INPUT -p tcp -d 127.0.0.3 --dport 80 -j REJECT'], ...ask('refused') },
    ['nearest 0: No rule rejected the request: rule 0 wants -d 127.0.0.3, the packet went to 127.0.0.2 (all else fits).'],
  ],
  [
    'UDP for TCP',
    { ...WEB, rules: ['-A INPUT -p udp --dport 80 -j REJECT'], ...ask('refused') },
    ['nearest 0: No rule rejected the request: rule 0 wants -p udp, the packet was tcp (all else fits).'],
  ],
  [
    'FORWARD',
    { ...WEB, rules: ['-A FORWARD -p tcp --dport 80 -j REJECT'], ...ask('refused') },
    [
      'other-chain 0: Rule 0 is in FORWARD, which only packets that come in and go out again meet, and the request is sent by this host to itself: it meets OUTPUT and INPUT.',
    ],
  ],
  [
    'no -j',
    { ...WEB, rules: ['-A INPUT -p tcp -d 127.0.0.2 --dport 80'], ...ask('refused') },
    ['nearest 0: Rule 0 matched the request, but it has no target (-j), so it only counts packets: add -j REJECT.'],
  ],
  [
    'the order',
    { ...WEB, rules: ['-A INPUT -p tcp -j ACCEPT', '-A INPUT -p tcp --dport 80 -j REJECT'], ...ask('refused') },
    ['not-asked 1: Rule 1 would reject the request, but rule 0 came first and accepted it; put rule 1 before rule 0.'],
  ],
  [
    'the order of -I',
    { ...WEB, rules: ['-I INPUT -p tcp --dport 80 -j REJECT', '-I INPUT -p tcp -j ACCEPT'], ...ask('refused') },
    ['not-asked 0: Rule 0 would reject the request, but rule 1 came first (-I put it there) and accepted it; write rule 1 with -A.'],
  ],
  [
    'a REJECT whose answer is ended, too',
    { ...WEB, rules: ['-A INPUT -s 127.0.0.9 -j ACCEPT', '-A INPUT -p tcp -j REJECT --reject-with tcp-reset'], ...ask('connected') },
    ['nearest 0: No rule of filter INPUT accepted the request: rule 0 wants -s 127.0.0.9, the packet came from 127.0.0.1.'],
  ],
  [
    'no ESTABLISHED',
    { ...WEB, rules: ['-P INPUT DROP', '-A INPUT -p tcp --dport 80 -j ACCEPT'], ...ask('connected') },
    [
      'nearest 1: No rule of filter INPUT accepted the answer (tcp syn-ack): rule 1 wants --dport 80, the packet went to port of the client.',
    ],
  ],
  [
    'the wrong interface',
    {
      ...ETH,
      servers: { web: 'tcp://192.0.2.1:80' },
      rules: ['-P INPUT DROP', '-A INPUT -i eth1 -p tcp --dport 80 -j ACCEPT'],
      ...ask('connected', 'outside'),
    },
    ['nearest 1: No rule of filter INPUT accepted the request: rule 1 wants -i eth1, the packet came in by eth0 (all else fits).'],
  ],
  [
    'IPv6',
    { ...WEB6, rules: ['-A INPUT -p tcp --dport 80 -j REJECT'], ...ask('refused', '::1') },
    ['other-chain 0: Rule 0 is for IPv4, and the request is IPv6, which has chains of its own (ip6tables).'],
  ],
  [
    'a closed port',
    {
      rules: ['-P INPUT DROP', '-A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT', '-A INPUT -p tcp --dport 80 -j ACCEPT'],
      ...ask('connected', '127.0.0.1', 'tcp://127.0.0.2:80'),
    },
    [],
  ],
];

const KINDS: Case[] = [
  [
    'not asked: a rule before it in a chain that another rule leads to',
    {
      ...WEB,
      rules: [
        '-N own',
        '-A INPUT -p tcp --dport 80 -j own',
        { name: 'no-web', chain: 'INPUT', protocol: 'tcp', destinationPort: 80, target: 'REJECT' },
        '-A own -p tcp --dport 80 -j ACCEPT',
      ],
      ...ask({ outcome: 'refused', rule: 'no-web' }),
    },
    [
      'not-asked 2: Rule 2 no-web was not asked about the request: rule 1 came first and led to rule 3, which accepted it; put rule 2 before rule 1.',
    ],
  ],
  [
    'not asked, and it would not have matched',
    { ...WEB, rules: ['-A INPUT -p tcp -j ACCEPT', '-A INPUT -d 127.0.0.3 -j DROP'], ...ask({ outcome: 'timeout', rule: 1 }) },
    [
      'not-asked 1: Rule 1 was not asked about the request: rule 0 came first and accepted it; it would not have matched either: it wants -d 127.0.0.3, the packet went to 127.0.0.2.',
    ],
  ],
  [
    'not asked: an earlier table ended the packet',
    {
      ...WEB,
      rules: ['-t raw -A OUTPUT -p tcp --dport 80 -j DROP', '-A INPUT -p tcp -j ACCEPT'],
      ...ask({ outcome: 'connected', rule: 1 }),
    },
    ['not-asked 1: Rule 1 was not asked about the request: rule 0 ended it in raw OUTPUT, before it came to filter INPUT.'],
  ],
  [
    'not asked: RETURN',
    {
      ...WEB6,
      rules: ['ip6tables -N own', 'ip6tables -A INPUT -j own', 'ip6tables -A own -p tcp -j RETURN', 'ip6tables -A own -j REJECT'],
      ...ask({ rule: 3 }, '::1'),
    },
    ['not-asked 3: Rule 3 was not asked about the request: rule 2 came first and returned it; put rule 3 before rule 2.'],
  ],
  [
    'not asked: what leads to its chain did not match',
    { ...WEB, rules: ['-N own', '-A INPUT -i eth0 -j own', '-A own -j REJECT'], ...ask({ outcome: 'refused', rule: 2 }) },
    [
      'not-asked 2: Rule 2 was not asked about the request: rule 1 leads there and did not match: it wants -i eth0, the packet came in by lo.',
    ],
  ],
  [
    'not matched',
    { ...WEB6, rules: ['ip6tables -A INPUT -p tcp --dport 443 -j REJECT'], ...ask({ outcome: 'refused', rule: 0 }, '::1') },
    ['not-matched 0: Rule 0 was asked about the request and did not match: it wants --dport 443, the packet went to port 80.'],
  ],
  [
    'other chain: nat PREROUTING, and the host itself',
    {
      servers: { app: 'tcp://0.0.0.0:8080' },
      rules: ['-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080'],
      ...ask('connected', '127.0.0.1', 'tcp://127.0.0.1:80'),
    },
    [
      'other-chain 0: Rule 0 is in nat PREROUTING, which only packets from other hosts meet, and the request is sent by this host to itself: it meets nat OUTPUT.',
    ],
  ],
  [
    'other chain: INPUT, and a request that DNAT sends on',
    {
      ...ROUTER,
      rules: [FORWARDED, '-A INPUT -p tcp --dport 22 -j DROP'],
      ...ask({ outcome: 'timeout', rule: 1 }, 'outside', 'tcp://203.0.113.1:22'),
    },
    [
      'other-chain 1: Rule 1 is in INPUT, which only packets for this host meet, and the request comes in and goes out again to 192.0.2.100:22: it meets FORWARD.',
    ],
  ],
  [
    'other chain: no rule leads there',
    { ...WEB, rules: ['-N own', '-A own -j REJECT'], ...ask({ outcome: 'refused', rule: 1 }) },
    ['other-chain 1: Rule 1 is in chain own of table filter, and no rule leads there.'],
  ],
  [
    'other chain: the other family',
    { ...WEB, rules: ['ip6tables -A INPUT -j REJECT'], ...ask({ outcome: 'refused', rule: 0 }) },
    ['other-chain 0: Rule 0 is for IPv6, and the request is IPv4, which has chains of its own (iptables).'],
  ],
  [
    'nearest: all but the interface',
    { ...ROUTER, rules: [FORWARDED.replace('-p', '-i wan0 -p')], ...ask('connected', 'lan', 'tcp://203.0.113.1:22') },
    ['nearest 0: No rule rewrote the request: rule 0 wants -i wan0, the packet came in by lan0 (all else fits).'],
  ],
  [
    'nearest: what leads to a chain',
    { ...WEB, rules: ['-N own', '-A INPUT -s 127.0.0.5 -j own', '-A own -p tcp --dport 80 -j DROP'], ...ask('dropped') },
    [
      'nearest 2: No rule dropped the request: rule 1, which leads to rule 2, wants -s 127.0.0.5, the packet came from 127.0.0.1 (all else fits).',
    ],
  ],
  [
    'known flow: NOTRACK for both directions',
    {
      ...WEB,
      rules: [
        '-t raw -A OUTPUT -o lo -j NOTRACK',
        '-P INPUT DROP',
        '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT',
        '-A INPUT -p tcp --dport 80 -j ACCEPT',
      ],
      ...ask('connected'),
    },
    [
      'nearest 2: No rule of filter INPUT accepted the answer (tcp syn-ack): rule 2 wants --ctstate ESTABLISHED, the packet was UNTRACKED.',
      'known-flow 0: Rule 0 (NOTRACK) took the answer (tcp syn-ack) out of connection tracking: it is UNTRACKED.',
    ],
  ],
  [
    'known flow: NOTRACK for the request alone',
    {
      ...WEB6,
      rules: [
        'ip6tables -t raw -A OUTPUT -p tcp --syn -j NOTRACK',
        'ip6tables -A INPUT -m conntrack --ctstate INVALID -j DROP',
        'ip6tables -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT',
      ],
      ...ask('connected', '::1'),
    },
    [
      'nearest 2: No rule of filter INPUT accepted the answer (tcp syn-ack): rule 2 wants --ctstate ESTABLISHED, the packet was INVALID; and rule 1 came first and dropped it.',
      'known-flow 0: Rule 0 (NOTRACK) took the request out of connection tracking: its answer (tcp syn-ack) is INVALID.',
    ],
  ],
  [
    'known flow: NOTRACK, and table nat',
    {
      servers: { app: 'tcp://127.0.0.1:8080' },
      rules: ['-t raw -A OUTPUT -p tcp -j NOTRACK', '-t nat -A OUTPUT -p tcp --dport 80 -j REDIRECT --to-ports 8080'],
      ...ask('connected', '127.0.0.1', 'tcp://127.0.0.2:80'),
    },
    ['known-flow 0: Rule 0 (NOTRACK) took the request out of connection tracking, so table nat was not asked about it.'],
  ],
];

/** What gets no note. */
const SILENT: Case[] = [
  ['a probe that ended as expected', { ...WEB, rules: ['-A INPUT -d 127.0.0.3 -j DROP'], ...ask('connected') }, []],
  [
    'a rule that hangs on a rate',
    { ...WEB, rules: ['-A INPUT -p tcp --dport 81 -m limit --limit 1/day -j REJECT'], ...ask('refused') },
    [],
  ],
  [
    'several rules that are equally near',
    { ...WEB, rules: [22, 25, 443].map((port) => `-A INPUT -p tcp --dport ${port} -j REJECT`), ...ask('refused') },
    [],
  ],
  ['a rule with which little fits', { ...WEB, rules: ['-A INPUT -p udp -s 10.0.0.1 --dport 53 -j REJECT'], ...ask('refused') }, []],
  [
    'a rule of FORWARD without conditions',
    {
      ...WEB,
      rules: [
        '-A FORWARD -j DROP',
        '-A FORWARD -j REJECT',
        '-A INPUT -s 10.0.0.1 -j REJECT',
        '-A INPUT -s 10.0.0.2 -j REJECT',
        '-A INPUT -s 10.0.0.3 -j REJECT',
      ],
      ...ask('refused'),
    },
    [],
  ],
  [
    'a rule for IPv4 with an address',
    { ...WEB6, rules: ['-A INPUT -d 127.0.0.2 -p tcp --dport 80 -j REJECT'], ...ask('refused', '::1') },
    [],
  ],
  ['a rule that decided', { ...WEB, rules: ['-A INPUT -d 127.0.0.2 -j DROP'], ...ask({ outcome: 'refused', rule: 0 }) }, []],
  ['no rule that could have done it', { ...WEB, rules: ['-A INPUT -j ACCEPT'], ...ask('dropped') }, []],
];

/** A UDP flow that is older than the rule that would send it elsewhere. */
const OLDER = {
  servers: {
    old: { protocol: 'udp', address: '127.0.0.2', port: 53, banner: 'old' },
    new: { protocol: 'udp', address: '127.0.0.3', port: 53, banner: 'new' },
  },
  clients: { fixed: { address: '127.0.0.1', port: 40000 } },
  rules: ['-A INPUT -m conntrack --ctstate INVALID -j DROP'],
  probes: [{ from: 'fixed', to: 'old', expect: 'connected' }],
  phases: [
    {
      name: 'moved',
      rules: [
        '-t nat -A OUTPUT -p udp -d 127.0.0.2 --dport 53 -j DNAT --to-destination 127.0.0.3',
        '-A INPUT -m state --state INVALID -j DROP',
      ],
      probes: [{ from: 'fixed', to: 'old', timeoutMs: 200, expect: { reply: 'new' } }],
    },
  ],
};

const SAVED = `*filter
:INPUT DROP [0:0]
:LOGDROP - [0:0]
-A INPUT -p tcp --dport 80 -j ACCEPT
-A INPUT -j LOGDROP
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A LOGDROP -j LOG
-A LOGDROP -j DROP
COMMIT
`;

for (const way of WAYS) {
  t.test(`what notes say (${way.backend})`, async (t) => {
    const cases = [...MISTAKES, ...KINDS, ...SILENT];
    const { result } = await run(
      way,
      cases.map(([name, scenario]) => ({ name, ...scenario })),
    );
    for (const [place, [name, , notes]] of cases.entries()) {
      t.strictSame(result.scenarios[place]?.probes.flatMap(tell), notes, name);
    }
  });

  t.test(`a flow that is older than a rule of nat (${way.backend})`, async (t) => {
    const { result } = await run(way, { name: 'older', ...OLDER });
    const [first, later] = result.scenarios[0]!.probes;
    t.strictSame(first?.notes, []);
    t.strictSame(tell(later!), ['known-flow 0: Rule 0 was not asked about the request: only a new flow meets it.']);
    t.strictSame(later?.notes[0]?.rule, {
      ...{ index: 0, name: null, table: 'nat', chain: 'OUTPUT', isPolicy: false, file: null, line: null },
      text: OLDER.phases[0]?.rules[0],
    });
  });

  t.test(`--why: notes of a probe that ended as expected (${way.backend})`, async (t) => {
    const scenario = {
      ...{
        name: 'passed',
        ...WEB,
        rules: ['-A INPUT -p tcp --dport 81 -j DROP', '-A INPUT -p tcp --dport 82 -j REJECT', '-P FORWARD DROP'],
      },
      probes: [
        { from: '127.0.0.1', to: 'web', expect: 'connected' },
        { from: '127.0.0.1', to: 'tcp://127.0.0.2:82', expect: 'rejected' },
      ],
    };
    const [plain, explained] = [await run(way, scenario), await run(way, scenario, ['--why'])];
    t.strictSame([plain.ended.exitCode, explained.ended.exitCode], [0, 0]);
    t.strictSame(plain.result.scenarios[0]?.probes.map(tell), [[], []]);
    t.strictSame(explained.result.scenarios[0]?.probes.map(tell), [
      [
        'nearest 0: No rule ended the request: rule 0 wants --dport 81, the packet went to port 80.',
        'nearest 1: No rule ended the request: rule 1 wants --dport 82, the packet went to port 80.',
      ],
      [],
    ]);
  });
}

t.test('a rule of a file has its file and line, and the report shows notes below the explanation, and states in the journey', async (t) => {
  const folder = t.testdir({ 'server.rules.v4': SAVED });
  const scenario = {
    ...{ name: 'saved', ...WEB, ruleset: { file: 'server.rules.v4' } },
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'connected', timeoutMs: 400 }],
  };
  const path = join(folder, 'saved.json');
  await writeFile(path, JSON.stringify(scenario));
  const { stdout } = await loopfw(['run', '-r', `json=${folder}/result.json`, '-r', 'human', path]);
  const [probe] = readResultFile(new URL(`file://${folder}/result.json`)).scenarios[0]!.probes;
  const text =
    'Rule 2 (server.rules.v4, line 6) would accept the answer (tcp syn-ack), but rule 1 (line 5) came first and led to rule 4 (line 8), which dropped it.';
  t.match(probe?.notes, [{ kind: 'not-asked', rule: { index: 2, file: /server\.rules\.v4$/, line: 6 }, text }]);
  t.strictSame(
    probe?.journey.map(({ kind, conntrack }) => `${kind} ${conntrack}`),
    ['syn new', 'syn-ack established'],
  );
  const plain = stdout.replaceAll(/\s+/g, ' ');
  t.ok(plain.includes(`without the rules connected why not: ${text} request tcp syn `), plain);
  t.match(plain, /tcp syn-ack \S+ → \S+ \(ct state established\) .* ◀━━ web /);
  const merged = await loopfw(['merge', '-r', 'json', `${folder}/result.json`]);
  t.strictSame(readResult(merged).scenarios[0]?.probes[0]?.notes, probe?.notes);
});

t.test('no note on native rules, on rules of both back ends, and where nothing was observed', async (t) => {
  const native = t.testdir({
    'a.nft': 'table inet a {\n  chain in {\n    type filter hook input priority 0;\n    tcp dport 81 drop\n  }\n}\n',
  });
  const scenarios = [
    { name: 'native', ...WEB, ruleset: { file: 'a.nft' }, ...ask('dropped') },
    { name: 'both', ...WEB, ruleset: [{ file: 'a.nft' }, { file: 'a.rules', backend: 'legacy' }], ...ask('dropped') },
    { name: 'no packet', rules: ['-A INPUT -d 192.0.2.9 -j REJECT'], ...ask('rejected', '127.0.0.1', 'tcp://192.0.2.1:80') },
  ];
  await writeFile(join(native, 'a.rules'), '-A INPUT -p tcp --dport 81 -j DROP\n');
  await writeFile(join(native, 'a.json'), JSON.stringify(scenarios));
  const { scenarios: results } = readResult(await loopfw(['run', '-r', 'json', join(native, 'a.json')]));
  t.strictSame(
    results.map(({ name, status, probes }) => [name, status, probes.flatMap(tell)]),
    [
      ['native', 'failed', []],
      ['both', 'failed', []],
      ['no packet', 'failed', []],
    ],
  );
});

t.test('notes change no verdict', async (t) => {
  const args = ['run', '-r', 'json', ...['filtering', 'rejecting', 'topologies'].map((folder) => `scenarios/${folder}`)];
  const [plain, explained] = [readResult(await loopfw(args)), readResult(await loopfw([...args, '--why']))].map(withoutTimes);
  t.strictSame(getVerdicts(explained!), getVerdicts(plain!));
  const count = ({ scenarios }: Result) => scenarios.flatMap(({ probes }) => probes.flatMap(({ notes }) => notes)).length;
  t.equal(count(plain!), 0, 'every probe ends as expected');
  t.ok(count(explained!) > 20, `${count(explained!)} notes`);
});

/** A busy machine can make a client late. */
function withoutTimes(result: Result): Result {
  const isTimed = ({ expected: { withinMs, afterMs } }: ProbeResult) => withinMs !== undefined || afterMs !== undefined;
  return { ...result, scenarios: result.scenarios.map((each) => ({ ...each, probes: each.probes.filter((probe) => !isTimed(probe)) })) };
}
