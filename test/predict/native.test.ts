// Native rules by literal listings, as `nft -j -n list ruleset` writes them: all values are numbers.
import t from 'tap';
import type { Fate } from '../../src/predict/conversation/fate.js';
import type { Json } from '../../src/predict/native/json.js';
import { readNativeRuleSets } from '../../src/predict/native/rule-set.js';
import { predict, trace } from '../../src/predict/predict.js';
import { type Asked, makeQuestion } from './question.js';

const match = (left: Json, right: Json, op = '=='): Json => ({ match: { op, left, right } });
const payload = (protocol: string, field: string): Json => ({ payload: { protocol, field } });
const meta = (key: string): Json => ({ meta: { key } });
const ct = (key: string, dir?: string): Json => ({ ct: dir === undefined ? { key } : { key, dir } });
const DPORT = payload('tcp', 'dport');
const SADDR = payload('ip', 'saddr');
const ACCEPT = { accept: null };
const DROP = { drop: null };
const RETURN = { return: null };
const jump = (target: string): Json => ({ jump: { target } });
const reject = (type: string, expr: number): Json => ({ reject: { type, expr } });
const TO_81: Json = { redirect: { port: 81 } };

interface Table {
  family?: string;
  /** By name: `input 0`, `nat output -100`, or a name of its own. Those with `!` drop what comes to their end. */
  chains: Record<string, Json[][]>;
  sets?: Json[];
}

/** Everything of one or several tables, which are called t0, t1 … */
function makeListing(tables: Table[]): Json {
  return {
    nftables: tables.flatMap(({ family = 'inet', chains, sets = [] }, place) => {
      const own = { family, table: `t${place}` };
      return [
        { table: { family, name: own.table } },
        ...sets.map((set): Json => ({ set: { ...own, ...(set as object) } })),
        ...Object.keys(chains).map((name): Json => {
          const [, nat, hook, prio, drops] = /^(nat )?(\w+) (-?\d+)(!?)$/.exec(name) ?? [];
          const type = nat === undefined ? 'filter' : 'nat';
          const policy = drops === '!' ? 'drop' : 'accept';
          return { chain: hook === undefined ? { ...own, name } : { ...own, name, type, hook, prio: Number(prio), policy } };
        }),
        ...Object.entries(chains).flatMap(([chain, rules]) => rules.map((expr): Json => ({ rule: { ...own, chain, expr } }))),
      ];
    }),
  };
}

function ask(tables: Table[], asked: Asked = {}): Fate {
  return predict({ ...makeQuestion([], asked), ruleSets: readNativeRuleSets(makeListing(tables), 'own') });
}

/** `connected service t0 input 0 0`: what the client sees, why, and the chain and index of the rule. */
function tell(fate: Fate): string {
  if (fate.kind === 'unknown') {
    return `unknown ${fate.why.join()}`;
  }
  const { outcome, cause, rule } = fate;
  return [outcome, cause, ...(rule === null ? [] : [rule.table, rule.chain, rule.isPolicy ? 'policy' : rule.entry])].join(' ');
}

const input = (...rules: Json[][]): Table[] => [{ chains: { 'input 0': rules } }];

const CASES: Record<string, [tables: Table[], asked: Asked, expected: string][]> = {
  'comparisons of payload and meta': [
    [input([match(DPORT, 80), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(DPORT, 80, '!='), DROP]), { port: 81 }, 'timeout dropped t0 input 0 0'],
    [input([match(DPORT, { range: [81, 90] }), DROP]), {}, 'connected service'],
    [input([match(DPORT, { set: [22, { range: [79, 81] }] }), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(DPORT, 1024, '<'), match(payload('tcp', 'sport'), 1023, '>'), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(SADDR, { prefix: { addr: '127.0.0.0', len: 30 } }), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match({ '&': [SADDR, '255.0.0.255'] }, '127.0.0.9'), DROP]), { from: '127.5.5.9' }, 'timeout dropped t0 input 0 0'],
    [input([match(payload('tcp', 'flags'), [2, 16], 'in'), match(meta('iifname'), 'l*'), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(payload('udp', 'dport'), 80, '!='), DROP]), {}, 'connected service'],
    [input([match({ payload: { base: 'nh', offset: 72, len: 8 } }, 6), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(meta('mark'), { prefix: { addr: 0, len: 28 } }), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [
      input([match({ concat: [SADDR, DPORT] }, { set: [{ concat: ['127.0.0.1', { range: [80, 90] }] }] }), DROP]),
      {},
      'timeout dropped t0 input 0 0',
    ],
  ],
  'what connection tracking knows': [
    [input([match(ct('state'), [2, 4], 'in'), DROP]), {}, 'timeout answer-eaten t0 input 0 0'],
    [input([match(ct('state'), { set: [4, 8] }), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(ct('direction'), 1), DROP]), {}, 'timeout answer-eaten t0 input 0 0'],
    [input([match(ct('status'), 8, '!'), DROP]), {}, 'connected service'],
    [
      [{ chains: { 'output -300': [[match(ct('state'), 1, 'in'), { notrack: null }]], 'input 0': [[match(ct('mark'), 1, '!='), DROP]] } }],
      {},
      'connected service',
    ],
    [
      [{ chains: { 'output 0': [[{ mangle: { key: ct('mark'), value: 3 } }]], 'input 0': [[match(ct('mark'), 3), DROP]] } }],
      {},
      'timeout dropped t0 input 0 1',
    ],
    [input([match(ct('proto-dst', 'reply'), { range: [1024, 65535] }), DROP]), {}, 'timeout dropped t0 input 0 0'],
    [input([match(ct('label'), 1), DROP]), {}, 'unknown ct label'],
  ],
  'named sets, maps and verdict maps': [
    [
      [{ sets: [{ name: 's', elem: [{ range: [79, 80] }] }], chains: { 'input 0': [[match(DPORT, '@s'), DROP]] } }],
      {},
      'timeout dropped t0 input 0 0',
    ],
    [
      [{ sets: [{ name: 's', elem: [{ elem: { val: 80, expires: 5 } }] }], chains: { 'input 0': [[match(DPORT, '@s'), DROP]] } }],
      {},
      'unknown an element with expires',
    ],
    [
      input([
        {
          vmap: {
            key: DPORT,
            data: {
              set: [
                ['*', DROP],
                [80, ACCEPT],
              ],
            },
          },
        },
      ]),
      {},
      'timeout answer-eaten t0 input 0 0',
    ],
    [
      [{ chains: { sub: [[DROP]], 'input 0': [[{ vmap: { key: DPORT, data: { set: [[80, jump('sub')]] } } }]] } }],
      {},
      'timeout dropped t0 sub 0',
    ],
    [
      [
        {
          chains: {
            'output 0': [[{ mangle: { key: meta('mark'), value: { map: { key: DPORT, data: { set: [[80, 7]] } } } } }]],
            'input 0': [[match(meta('mark'), 7), DROP]],
          },
        },
      ],
      {},
      'timeout dropped t0 input 0 1',
    ],
  ],
  'what rules add to a set is known in a fresh world': [
    [
      [{ sets: [{ name: 's' }], chains: { 'input 0': [[match(SADDR, '@s'), DROP], [{ set: { op: 'add', elem: SADDR, set: '@s' } }]] } }],
      { isFresh: true, payload: 'x' },
      'timeout dropped t0 input 0 0',
    ],
    [
      [{ sets: [{ name: 's' }], chains: { 'input 0': [[match(SADDR, '@s'), DROP], [{ set: { op: 'add', elem: SADDR, set: '@s' } }]] } }],
      {},
      'unknown a set to which rules add',
    ],
    [
      [{ sets: [{ name: 's' }], chains: { 'input 0': [[match(SADDR, '@s'), DROP], [{ set: { op: 'delete', elem: SADDR, set: '@s' } }]] } }],
      { isFresh: true },
      'unknown delete to a set',
    ],
    [input([{ limit: { rate: 1, per: 'day', burst: 1 } }, DROP]), { isFresh: true }, 'connected service'],
    [input([match(DPORT, 80), match({ numgen: { mode: 'inc', mod: 2, offset: 0 } }, 0), DROP]), { isFresh: true }, 'connected service'],
  ],
  'hooks, priorities and policies': [
    [[{ chains: { 'input 10!': [], 'input 0': [[ACCEPT]] } }], {}, 'timeout dropped t0 input 10! policy'],
    [[{ chains: { 'input 0': [[DROP]], 'input 0!': [] } }], {}, 'timeout dropped t0 input 0! policy'],
    [[{ chains: { 'input 0': [[DROP]] } }, { chains: { 'input 0!': [] } }], {}, 'unknown the order of two chains with one priority'],
    [[{ chains: { 'input 0': [[match(DPORT, 81), DROP]] } }, { chains: { 'input 0!': [] } }], {}, 'timeout dropped t1 input 0! policy'],
    [[{ chains: { sub: [[RETURN], [DROP]], 'input 0': [[jump('sub')], [{ goto: { target: 'sub' } }], [DROP]] } }], {}, 'connected service'],
    [[{ family: 'ip6', chains: { 'input 0!': [] } }], {}, 'connected service'],
    [[{ family: 'netdev', chains: { 'ingress 0': [[DROP]] } }], {}, 'unknown table netdev t0'],
    [[{ chains: { 'output -200': [[match(ct('state'), 8, 'in')]] } }], {}, 'unknown a chain with a priority of the kernel itself'],
  ],
  'answers of reject': [
    [input([reject('icmpx', 1)]), {}, 'timeout answer-eaten t0 input 0 0'],
    [input([match(DPORT, 80), reject('icmpx', 3)]), {}, 'unreachable rejected t0 input 0 0'],
    [input([match(DPORT, 80), reject('icmpv6', 0)]), {}, 'connected service'],
    [input([match(meta('l4proto'), 6), match(DPORT, 80), { reject: { type: 'tcp reset' } }]), {}, 'refused rejected t0 input 0 0'],
  ],
  NAT: [
    [[{ chains: { 'nat output -100': [[match(DPORT, 80), TO_81]] } }], {}, 'refused no-listener t0 nat output -100 0'],
    [
      [{ chains: { 'nat output -100': [[match(DPORT, 82), { dnat: { family: 'ip', addr: '127.0.0.3', port: 80 } }]] } }],
      { port: 82 },
      'connected service t0 nat output -100 0',
    ],
    [
      [
        {
          chains: {
            'nat output -100': [[{ dnat: { family: 'ip', addr: { map: { key: DPORT, data: { set: [[81, '127.0.0.3']] } } } } }]],
            'input 0': [[match(payload('ip', 'daddr'), '127.0.0.3'), DROP]],
          },
        },
      ],
      { port: 81 },
      'timeout dropped t0 input 0 1',
    ],
    [[{ chains: { 'nat postrouting 100': [[{ masquerade: null }]] } }], {}, 'timeout dropped t0 nat postrouting 100 0'],
    [[{ chains: { 'nat output -100': [[TO_81]], 'nat output 0': [[DROP]] } }], {}, 'refused no-listener t0 nat output -100 0'],
  ],
  'what is not modelled is named': [
    [input([{ queue: null }]), {}, 'unknown queue'],
    [input([match(DPORT, 81), { queue: null }]), {}, 'connected service'],
    [input([match(meta('cpu'), 0), DROP]), {}, 'unknown meta cpu'],
    [input([{ mangle: { key: meta('mark'), value: payload('ip', 'id') } }]), {}, 'unknown meta mark set to bytes of the packet'],
    [input([match(payload('ip', 'id'), 3), DROP]), {}, 'unknown ip id'],
  ],
};

for (const [name, cases] of Object.entries(CASES)) {
  t.test(name, async (t) => {
    for (const [tables, asked, expected] of cases) {
      t.equal(tell(ask(tables, asked)), expected, JSON.stringify(tables.map(({ chains }) => chains)));
    }
  });
}

t.test('a statement comes to pass where the rule does not match later', async (t) => {
  const rule = [{ mangle: { key: meta('mark'), value: 3 } }, match(DPORT, 81), ACCEPT];
  t.equal(tell(ask(input(rule, [match(meta('mark'), 3), DROP]))), 'timeout dropped t0 input 0 1');
});

t.test("loopfw's own table is left out", async (t) => {
  const listing = makeListing(input([DROP]));
  t.equal(tell(predict({ ...makeQuestion([]), ruleSets: readNativeRuleSets(listing, 't0') })), 'connected service');
});

t.test('a trace tells by which comparison a rule did not match, and what the packet has instead', async (t) => {
  const explain = (...rule: Json[]) => {
    const { ways } = trace({ ...makeQuestion([]), ruleSets: readNativeRuleSets(makeListing(input(rule)), '') });
    const [asked] = ways[0]?.questions?.asked ?? [];
    return asked?.answer.kind === 'missed' ? [asked.table, asked.chain, asked.entry, asked.answer.by.wants, asked.answer.by.has] : asked;
  };
  const inTable = ['t0', 'input 0', 0];
  t.strictSame(explain(match(meta('l4proto'), 6), match(DPORT, { set: [81, 82] }), DROP), [...inTable, 'tcp dport { 81, 82 }', '80']);
  const prefix = { prefix: { addr: '10.0.0.0', len: 8 } };
  t.strictSame(explain(match(SADDR, prefix), DROP), [...inTable, 'ip saddr 10.0.0.0/8', '127.0.0.1']);
  t.strictSame(explain(match(payload('udp', 'dport'), 53), DROP), [...inTable, 'udp dport 53', '']);
  t.strictSame(explain(match(payload('tcp', 'sport'), 80, '<'), DROP), [...inTable, 'tcp sport < 80', '32768-60999']);
  const pair = { concat: [SADDR, DPORT] };
  t.strictSame(explain(match(pair, { set: [{ concat: ['127.0.0.9', 80] }] }), DROP), [
    ...inTable,
    'ip saddr . tcp dport { 127.0.0.9 . 80 }',
    '127.0.0.1 . 80',
  ]);
});
