import fc from 'fast-check';
import t from 'tap';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import { listProbes } from '../../../src/input/scenario/probes/list.js';
import type { Scenario } from '../../../src/model/scenario.js';
import { SEED } from '../../support/seed.js';

function parseOne(text: string): Scenario {
  const { scenarios, diagnostics } = parseScenarios(text, 'x.json');
  t.same(diagnostics, []);
  return scenarios[0] as Scenario;
}

const PLAIN_SERVER = { via: null, command: null };
const PLAIN_PROBE = { via: null, clientPort: null, matrix: null, open: null, use: null };

void t.test('names are resolved and defaults filled in', async (t) => {
  const scenario = parseOne(`// a remark
{
  "$schema": "../schema/scenario.json",
  "name": "x",
  "servers": { "web": "tcp://127.0.0.2:8000", "all": { "protocol": "tcp", "address": "0.0.0.0", "port": 80, "banner": "hi" } },
  "clients": { "app": "127.0.0.1", "other": { "address": "127.0.0.5", "connect": "blocking" }, "127.0.0.9": "127.0.0.8" },
  "probes": [
    { "from": "app", "to": "web", "expect": "refused" },
    { "from": "other", "to": "all", "expect": "closed", "name": "n", "timeoutMs": 5, "send": "s", "hint": "h" }, /* trailing comma */
    { "from": "127.0.0.9", "to": "tcp://192.0.2.1:81", "expect": { "cause": "local", "withinMs": 5 } },
  ],
}`);
  t.match(scenario, {
    file: 'x.json',
    line: 2,
    name: 'x',
    description: null,
    tags: [],
    backends: ['nft'],
    servers: [
      { name: 'web', protocol: 'tcp', address: '127.0.0.2', port: 8000, lastPort: 8000, banner: null, ...PLAIN_SERVER },
      { name: 'all', protocol: 'tcp', address: '0.0.0.0', port: 80, lastPort: 80, banner: 'hi', ...PLAIN_SERVER },
    ],
    world: { loopback: 'up', interfaces: [], addresses: [], routes: [], ipRules: [], addedRoutes: [], sysctl: {} },
    counters: [],
  });
  t.strictSame(
    scenario.phases.map(({ name, ruleSet }) => ({ name, ruleSet })),
    [{ name: null, ruleSet: { rules: [], natives: [], files: [] } }],
  );
  t.strictSame(scenario.phases[0]?.batches.flat(), [
    {
      index: 0,
      resultIndex: 0,
      name: 'app → web',
      position: { line: 8, column: 5 },
      protocol: 'tcp',
      from: '127.0.0.1',
      to: { address: '127.0.0.2', port: 8000 },
      blocking: false,
      user: null,
      expect: { outcome: 'refused' },
      timeoutMs: 2500,
      send: null,
      hint: null,
      ...PLAIN_PROBE,
      client: 'app',
      server: 'web',
    },
    {
      index: 1,
      resultIndex: 1,
      name: 'n',
      position: { line: 9, column: 5 },
      protocol: 'tcp',
      from: '127.0.0.5',
      to: { address: '127.0.0.1', port: 80 },
      blocking: true,
      user: null,
      expect: { outcome: 'refused', cause: 'no-listener' },
      timeoutMs: 5,
      send: 's',
      hint: 'h',
      ...PLAIN_PROBE,
      client: 'other',
      server: 'all',
    },
    {
      index: 2,
      resultIndex: 2,
      name: '127.0.0.9 → tcp://192.0.2.1:81',
      position: { line: 10, column: 5 },
      protocol: 'tcp',
      from: '127.0.0.8',
      to: { address: '192.0.2.1', port: 81 },
      blocking: false,
      user: null,
      expect: { cause: 'local', withinMs: 5 },
      timeoutMs: 2500,
      send: null,
      hint: null,
      ...PLAIN_PROBE,
      client: '127.0.0.9',
      server: null,
    },
  ]);
});

void t.test('rules keep their index, name and words', async (t) => {
  const { phases } = parseOne(
    JSON.stringify({
      name: 'x',
      rules: [
        { name: 'no-web', chain: 'INPUT', protocol: 'tcp', destinationPort: 80, target: 'DROP' },
        ' sudo iptables -A INPUT  -s 127.0.0.5 -j DROP ',
        '/usr/sbin/iptables -P FORWARD DROP',
        '-A OUTPUT -j ACCEPT',
      ],
      probes: [
        { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: { rule: 'no-web' } },
        { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: { rule: 3 } },
      ],
    }),
  );
  const rules = phases[0]?.ruleSet?.rules ?? [];
  t.same(
    rules.map(({ index, name }) => [index, name]),
    [
      [0, 'no-web'],
      [1, null],
      [2, null],
      [3, null],
    ],
  );
  t.match(rules[0]?.text, /^-A INPUT .*DROP/);
  t.same(
    rules.slice(1).map(({ text }) => text),
    ['-A INPUT  -s 127.0.0.5 -j DROP', '-P FORWARD DROP', '-A OUTPUT -j ACCEPT'],
  );
  t.same(
    rules.map(({ entries }) => entries[0]?.kind),
    ['append', 'append', 'policy', 'append'],
  );
});

void t.test('what would exhaust memory, stack or patience is a diagnostic', async (t) => {
  const sizes: [string, string, number][] = [
    ['brackets', '['.repeat(1_000_000), 1],
    ['objects', '{"a":'.repeat(200_000), 1],
    ['values', `[${'1,'.repeat(1_000_000)}1]`, 1],
    ['comments', '//\n'.repeat(100_000), 1],
    ['quotes', '"'.repeat(1_000_001), 1],
    ['wrong rules', `{"name":"x","rules":[${'1,'.repeat(50_000)}1],"probes":[]}`, 1000],
    ['wrong probes', `{"name":"x","probes":[${'{"from":"a","to":"b"},'.repeat(20_000)}]}`, 1000],
  ];
  for (const [name, text, count] of sizes) {
    t.equal(parseScenarios(text, 'x.json').diagnostics.length, count, name);
  }
});

const word = fc.constantFrom(
  'web',
  'wbe',
  'app',
  'INPUT',
  'DROP',
  'tcp',
  'refused',
  'closed',
  '127.0.0.2',
  '::1',
  'tcp://127.0.0.2:80',
  '-A INPUT -j DROP',
  '__proto__',
  'a/b~c',
  '',
);
const key = fc.constantFrom(
  'name',
  'servers',
  'clients',
  'rules',
  'probes',
  'from',
  'to',
  'expect',
  'rule',
  'outcome',
  'chain',
  'target',
  'address',
  'port',
  'protocol',
  'web',
  'app',
  'a/b~c',
  '__proto__',
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    word,
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.string(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
}));
const servers = fc.dictionary(word, fc.oneof(word, value), { maxKeys: 3 });
const probe = fc.record(
  { from: fc.oneof(word, value), to: fc.oneof(word, value), expect: fc.oneof(word, value), timeoutMs: value },
  { requiredKeys: [] },
);
const scenario = fc.record(
  {
    name: fc.oneof(word, value),
    servers: fc.oneof(servers, value),
    clients: fc.oneof(servers, value),
    rules: fc.oneof(fc.array(fc.oneof(word, value), { maxLength: 4 }), value),
    probes: fc.oneof(fc.array(fc.oneof(probe, value), { maxLength: 4 }), value),
  },
  { requiredKeys: [] },
);

function assertOrderly(text: string): void {
  const { scenarios, diagnostics } = parseScenarios(text, 'x.json');
  if (diagnostics.length > 0 && scenarios.length > 0) {
    throw new Error('scenarios in spite of diagnostics');
  }
  const lines = text.split(/\r\n|\r|\n/);
  for (const { line, column, pointer, message } of diagnostics) {
    if (lines[line - 1] === undefined || column < 1 || column > (lines[line - 1] as string).length + 1) {
      throw new Error(`no ${line}:${column}: ${message}`);
    }
    if (pointer !== null) {
      resolvePointer(JSON.parse(text), pointer);
    }
    if (/anyOf|schema/.test(message)) {
      throw new Error(`not plain: ${message}`);
    }
  }
}

function resolvePointer(value: unknown, pointer: string): void {
  for (const step of pointer.split('/').slice(1)) {
    const own = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, own)) {
      throw new Error(`${pointer} does not resolve`);
    }
    value = (value as Record<string, unknown>)[own];
  }
}

void t.test('no value and no text makes it throw, and every diagnostic has its place', async () => {
  const indents = fc.constantFrom(undefined, 2);
  fc.assert(
    fc.property(fc.oneof(scenario, fc.array(scenario, { maxLength: 3 }), value, fc.jsonValue()), indents, (input, indent) =>
      assertOrderly(JSON.stringify(input, null, indent) ?? ''),
    ),
    { numRuns: 2000, ...SEED },
  );
  const scrap = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '\\',
    '//',
    '/*',
    '*/',
    '\n',
    '\r',
    ' ',
    '1',
    '-',
    '0',
    '.',
    'e',
    'true',
    'nul',
    "'",
    '\u0000',
    '\u2028',
    'é',
  );
  fc.assert(
    fc.property(
      fc.array(scrap, { maxLength: 12 }).map((parts) => parts.join('')),
      (text) => {
        for (const { line, column, pointer } of parseScenarios(text, 'x.json').diagnostics) {
          const own = text.split(/\r\n|\r|\n/)[line - 1];
          if (own === undefined || column < 1 || column > own.length + 1) {
            throw new Error(`no ${line}:${column}`);
          }
          if (pointer === undefined) {
            throw new Error('no pointer');
          }
        }
      },
    ),
    { numRuns: 5000, ...SEED },
  );
});

void t.test('every protocol, both families, both back ends', async (t) => {
  const scenario = parseOne(`{
  "name": "x",
  "backend": ["legacy", "nft"],
  "servers": { "dns": "udp://[::1]:53", "web": "http://127.0.0.2:80", "all": "tcp://[::]:22" },
  "probes": [
    { "from": "::1", "to": "dns", "expect": "connected" },
    { "from": "::1", "to": "all", "expect": "connected" },
    { "from": "127.0.0.1", "to": "web", "expect": "connected" },
    { "from": "127.0.0.1", "to": "icmp://127.255.255.255", "expect": "connected" }
  ]
}`);
  t.strictSame(scenario.backends, ['legacy', 'nft']);
  t.strictSame(
    listProbes(scenario).map(({ protocol, to }) => `${protocol} ${to.address} ${to.port}`),
    ['udp ::1 53', 'tcp ::1 22', 'http 127.0.0.2 80', 'icmp 127.255.255.255 0'],
  );
});

t.test('a fib expression asks for routes, unless it asks only whether an address is local or a broadcast', async (t) => {
  const countRoutes = (expression: string) => {
    const text = `table ip x {\n chain p {\n  type filter hook prerouting priority 0\n  ${expression}\n }\n}\n`;
    const scenario = {
      name: 'x',
      ruleset: { file: 'x.nft' },
      interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
      clients: { far: { address: '203.0.113.9', via: 'eth0' } },
      probes: [{ from: 'far', to: 'tcp://192.0.2.1:80', expect: 'closed' }],
    };
    const { scenarios, diagnostics } = parseScenarios(JSON.stringify(scenario), 'x.json', { rulesets: new Map([['x.nft', { text }]]) });
    return scenarios[0]?.world.addedRoutes.length ?? diagnostics.map(({ message }) => /fib asks for routes/.exec(message)?.[0]).join();
  };
  for (const expression of ['fib daddr type local accept', 'fib daddr . iif type != broadcast drop', '# fib saddr oif missing']) {
    t.equal(countRoutes(expression), 1, expression);
  }
  for (const expression of [
    'fib saddr . iif oif missing drop',
    'fib daddr type { local, broadcast } accept',
    'fib saddr type unicast accept',
    'fib daddr type local fib saddr oif 0 drop',
  ]) {
    t.equal(countRoutes(expression), 'fib asks for routes', expression);
  }
});
