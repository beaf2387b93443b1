// Why routing ended a packet: each reason over IPv4 and IPv6, forwarded and sent by the world itself, with and without a DNAT before it, and
// by a mark. test/witness/routing.test.ts asks plain tools for the same cases.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { askLoopfw, RUNS } from '../../witness/routing/loopfw.js';

type Family = 'ipv4' | 'ipv6';

const WORLD: Record<Family, string> = { ipv4: '192.0.2.1', ipv6: '2001:db8:1::1' };
const CLIENT: Record<Family, string> = { ipv4: '192.0.2.9', ipv6: '2001:db8:1::9' };
const bracket = (address: string) => (address.includes(':') ? `[${address}]` : address);

/** LOOPFW_TEST_WITNESS=all asks for each case on both back ends, as both users. Otherwise numbers that are coprime spread the choice. */
const isFull = process.env['LOOPFW_TEST_WITNESS'] === 'all';
const USERS = [
  { user: 'root', ordinary: false, runs: RUNS.filter((_, place) => isFull || place % 7 === 0) },
  { user: 'an ordinary user', ordinary: true, runs: RUNS.filter((_, place) => isFull || place % 11 === 0) },
];

/** They wait for neighbours and for clients most of the time. */
t.jobs = 2;

for (const { user, ordinary, runs } of USERS) {
  t.test(`each reason, as ${user}`, async (t) => {
    for (const { situation, backend, probe, reason } of await askLoopfw(runs, ordinary)) {
      const heading = `${situation.name}, ${backend}: ${probe.explanation}`;
      t.equal(probe.status, 'passed', heading);
      const isTold = situation.cause !== 'local' || situation.isRewritten;
      t.equal(reason, isTold ? situation.reason : null, heading);
      t.equal(probe.rule?.index ?? null, getRule(situation), heading);
    }
  });
}

/** A rule is named only where it made a send fail, or let in what was answered. Rewriting comes last. */
function getRule({ cause, isRewritten, rules }: (typeof RUNS)[number]['situation']): number | null {
  return isRewritten && (cause === 'local' || cause === 'service') ? rules.length - 1 : null;
}

t.test('a datagram whose send fails because a rule rewrote it is local, with the rule and the errno', async (t) => {
  const scenario = {
    name: 'sent off the host',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    servers: { dns: { protocol: 'udp', address: '192.0.2.53', port: 53, via: 'eth0' } },
    rules: [
      '-t nat -A OUTPUT -p udp -d 127.0.0.1 --dport 53 -j DNAT --to-destination 192.0.2.53:53',
      '-t nat -A OUTPUT -p udp -d 127.0.0.2 --dport 53 -j DNAT --to-destination 203.0.113.4-203.0.113.9:53',
    ],
    probes: [
      { from: '127.0.0.1', to: 'udp://127.0.0.1:53', expect: { cause: 'local', rule: 0 } },
      { from: '192.0.2.1', to: 'udp://127.0.0.2:53', expect: { cause: 'local', rule: 1 } },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.match(
      probes,
      [
        { status: 'passed', observed: { errno: 'EINVAL' }, explanation: /\(EINVAL\) because of rule 0: .*route_localnet is 0/ },
        {
          status: 'passed',
          observed: { errno: 'ENETUNREACH' },
          explanation: /one of 203\.0\.113\.4–203\.0\.113\.9, and there is no route/,
        },
      ],
      backend,
    );
  }
});

t.test('addresses of 127.0.0.0/8 on another interface than lo, and what left', async (t) => {
  const scenario = {
    name: 'localnet',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] }, br0: { addresses: ['198.51.100.1/24'] } },
    sysctl: { 'net.ipv4.conf.br0.route_localnet': 1 },
    clients: { out: { address: '192.0.2.9', via: 'eth0' } },
    servers: { app: 'tcp://127.0.0.1:80', web: { protocol: 'tcp', address: '198.51.100.2', port: 8000, via: 'br0' } },
    rules: [
      '-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 127.0.0.1:80',
      '-t nat -A OUTPUT -p tcp --dport 8081 -j DNAT --to-destination 192.0.2.9:8000',
      '-t nat -A OUTPUT -p tcp --dport 8082 -j DNAT --to-destination 198.51.100.2:8000',
    ],
    probes: [
      { from: 'out', to: 'tcp://192.0.2.1:8080', timeoutMs: 300, expect: 'not-routed' },
      { from: '127.0.0.1', to: 'tcp://127.0.0.1:8081', timeoutMs: 300, expect: 'not-routed' },
      { from: '127.0.0.1', to: 'tcp://127.0.0.1:8082', timeoutMs: 300, expect: 'silent' },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.match(
      probes,
      [
        {
          status: 'passed',
          explanation: /came in by eth0 and was rewritten to 192\.0\.2\.9 → 127\.0\.0\.1:80, .*eth0\.route_localnet is 0/,
        },
        { status: 'passed', explanation: /never left: it was rewritten by rule 1 to 192\.0\.2\.9:8000, .*eth0\.route_localnet is 0/ },
        { status: 'passed', explanation: /it left by br0 as 127\.0\.0\.1 → 198\.51\.100\.2:8000, and nothing came back/ },
      ],
      backend,
    );
  }
});

t.test('the kernel rations its answers: no control spends one, and a probe without one is inconclusive', async (t) => {
  const scenario = {
    name: 'seven without a route',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    sysctl: { 'net.ipv4.ip_forward': 1 },
    clients: { out: { address: '192.0.2.9', via: 'eth0' } },
    probes: [
      { from: 'out', to: 'tcp://203.0.113.4:80', count: 5, timeoutMs: 200, expect: { outcome: 'unreachable', cause: 'not-routed' } },
      { from: 'out', to: 'tcp://203.0.113.4:80', timeoutMs: 200, expect: { outcome: 'unreachable', cause: 'not-routed' } },
      { from: 'out', to: 'tcp://203.0.113.4:80', timeoutMs: 200, expect: 'not-routed' },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.strictSame(
      probes.map(({ status }) => status),
      [...Array<string>(5).fill('passed'), 'inconclusive', 'passed'],
      backend,
    );
    t.match(probes[5]?.explanation, /^The kernel rations its answers/);
    t.strictSame(
      probes.map(({ control }) => control?.outcome),
      Array<string>(7).fill('unreachable'),
    );
  }
});

t.test('a blackhole for one interface or one source, and what a bridge does not pass on', async (t) => {
  const scenario = {
    name: 'rules and ports',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] }, eth1: { addresses: ['198.51.100.1/24', '2001:db8:2::1/64'] } },
    bridges: { br0: { addresses: ['172.17.0.1/16'] } },
    sysctl: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1 },
    ipRules: ['iif eth0 to 198.51.100.7 blackhole', 'from 192.0.2.9 to 198.51.100.8 blackhole', '-6 iif eth0 to 2001:db8:2::7 blackhole'],
    servers: { web: { protocol: 'tcp', address: '172.17.0.2', port: 80, via: 'br0' } },
    clients: {
      out: { address: '192.0.2.9', via: 'eth0' },
      six: { address: '2001:db8:1::9', via: 'eth0' },
      app: { address: '172.17.0.3', via: 'br0' },
      itself: { address: '172.17.0.2', via: 'br0' },
    },
    rules: [
      '-t nat -A PREROUTING -p tcp --dport 81 -j DNAT --to-destination 172.17.0.99:80',
      '-t nat -A PREROUTING -p tcp --dport 82 -j DNAT --to-destination 172.17.0.2:80',
    ],
    probes: [
      { from: 'out', to: 'tcp://198.51.100.7:80', timeoutMs: 200, expect: 'not-routed' },
      { from: 'out', to: 'tcp://198.51.100.8:80', timeoutMs: 200, expect: 'not-routed' },
      { from: 'six', to: 'tcp://[2001:db8:2::7]:80', timeoutMs: 200, expect: 'not-routed' },
      { from: 'app', to: 'tcp://172.17.0.2:81', timeoutMs: 500, expect: 'not-routed' },
      { from: 'itself', to: 'tcp://172.17.0.1:82', timeoutMs: 200, expect: 'not-routed' },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.match(
      probes,
      [
        /the rule "iif eth0 to 198\.51\.100\.7 blackhole" of ipRules refuses it/,
        /the rule "from 192\.0\.2\.9 to 198\.51\.100\.8 blackhole" of ipRules refuses it/,
        /the rule "-6 iif eth0 to 2001:db8:2::7 blackhole" of ipRules refuses it/,
        /answered for 172\.17\.0\.99/,
        /br0 sends no packet back/,
      ].map((explanation) => ({ status: 'passed', explanation })),
      backend,
    );
  }
});

t.test('a rule of the routing policy is told as one', async (t) => {
  const scenario = {
    name: 'policy',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] }, eth1: { addresses: ['198.51.100.1/24', '2001:db8:2::1/64'] } },
    sysctl: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1 },
    routes: ['192.0.2.9 dev eth0', '10.9.9.9 dev eth0', '203.0.113.0/24 via 198.51.100.80', 'prohibit 198.51.100.83 table 5'],
    ipRules: [
      'from 198.51.100.80 prohibit',
      'iif eth0 to 198.51.100.81 unreachable',
      '-6 iif eth0 to 2001:db8:2::7 prohibit',
      'to 198.51.100.83 lookup 5 priority 10',
      'to 198.51.100.83 prohibit priority 11',
      'fwmark 7 to 198.51.100.84 prohibit',
      'not from 128.0.0.0/1 blackhole',
      // These are for none of the packets.
      'from 192.0.2.8 unreachable',
      'oif eth0 prohibit',
    ],
    clients: {
      out: { address: '192.0.2.9', via: 'eth0' },
      six: { address: '2001:db8:1::9', via: 'eth0' },
      low: { address: '10.9.9.9', via: 'eth0' },
    },
    servers: { web: { protocol: 'tcp', address: '198.51.100.80', port: 80, via: 'eth1' } },
    rules: ['-t mangle -A PREROUTING -d 198.51.100.84 -j MARK --set-mark 7'],
    probes: [
      { from: 'out', to: 'web' },
      { from: 'out', to: 'tcp://198.51.100.81:80' },
      { from: 'six', to: 'tcp://[2001:db8:2::7]:80' },
      { from: 'out', to: 'tcp://198.51.100.83:80' },
      { from: 'out', to: 'tcp://198.51.100.84:80' },
      { from: 'low', to: 'tcp://198.51.100.85:80' },
      { from: 'out', to: 'tcp://100.64.0.1:80' },
    ].map((probe) => ({ ...probe, timeoutMs: 300, expect: 'not-routed' })),
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.match(
      probes,
      [
        /^The answer came in by eth1, .*: the rule "from 198\.51\.100\.80 prohibit" of ipRules refuses it/,
        /: the rule "iif eth0 to 198\.51\.100\.81 unreachable" of ipRules refuses it/,
        /: the rule "-6 iif eth0 to 2001:db8:2::7 prohibit" of ipRules refuses it/,
        /: the rule "to 198\.51\.100\.83 prohibit priority 11" of ipRules or the route "prohibit 198\.51\.100\.83 table 5" refuses it/,
        /: the rule "fwmark 7 to 198\.51\.100\.84 prohibit" of ipRules refuses it/,
        /: the rule "not from 128\.0\.0\.0\/1 blackhole" of ipRules refuses it/,
        /: there is no route to 100\.64\.0\.1/,
      ].map((explanation) => ({ status: 'passed', explanation })),
      backend,
    );
  }
});

t.test('an answer of the world itself that routing refuses', async (t) => {
  const policies = {
    ipv4: ['from 192.0.2.1 to 192.0.2.9 blackhole', 'from 192.0.2.1 to 192.0.2.9 unreachable'],
    ipv6: ['-6 from 2001:db8:1::1 to 2001:db8:1::9 priority 0 prohibit', '-6 from 2001:db8:1::1 to 2001:db8:1::9 blackhole'],
  };
  const suite = (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const world = bracket(WORLD[family]);
    return policies[family].map((policy) => ({
      name: policy,
      backend: ['nft', 'legacy'],
      interfaces: { eth0: { addresses: [`${WORLD[family]}/${family === 'ipv4' ? 24 : 64}`] } },
      ipRules: [policy],
      clients: { out: { address: CLIENT[family], via: 'eth0' }, other: { address: `${CLIENT[family]}9`, via: 'eth0' } },
      servers: { web: `tcp://${world}:80`, dns: `udp://${world}:53` },
      probes: [
        ...['web', 'dns', `icmp://${world}`, `tcp://${world}:81`].map((to) => ({ from: 'out', to, timeoutMs: 300, expect: 'silent' })),
        { from: 'other', to: 'web', expect: 'service' },
      ],
    }));
  });
  for (const ordinary of [false, true]) {
    const { scenarios } = readResult(
      await loopfw(['run', '-r', 'json', '--no-advice', '-j', '4', '-'], { input: JSON.stringify(suite), ordinary }),
    );
    t.equal(scenarios.length, 8);
    for (const { name, backend, probes } of scenarios) {
      for (const { status, from, explanation } of probes) {
        t.equal(status, 'passed', `${name}, ${backend}: ${explanation}`);
        if (!from.endsWith('99')) {
          t.match(explanation, `it was delivered, but no answer can go from ${name.split(' ').at(name.startsWith('-6') ? 2 : 1)} to`);
          t.match(explanation, `: the rule "${name}" of ipRules refuses it.`);
        }
      }
    }
  }
});

t.test('IPv6 has no ration, and a DNAT does not add to that of IPv4', async (t) => {
  const scenario = {
    name: 'seven without a route, rewritten or over IPv6',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] } },
    sysctl: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1 },
    clients: { out: { address: '192.0.2.9', via: 'eth0' }, out6: { address: '2001:db8:1::9', via: 'eth0' } },
    rules: ['-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 203.0.113.4:80'],
    probes: [
      { from: 'out', to: 'tcp://192.0.2.1:8080', count: 7, timeoutMs: 200, expect: { outcome: 'unreachable', cause: 'not-routed' } },
      { from: 'out6', to: 'udp://[2001:db8:3::4]:80', count: 7, timeoutMs: 200, expect: { cause: 'not-routed' } },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    const [ipv4, ipv6] = [probes.slice(0, 7), probes.slice(7)];
    t.strictSame(
      ipv4.map(({ status }) => status),
      [...Array<string>(5).fill('passed'), 'inconclusive', 'inconclusive'],
      backend,
    );
    t.ok(
      ipv6.every(({ journey }) => journey.some(({ kind }) => kind === 'icmp-error')),
      'each is answered',
    );
  }
});

t.test('an answer in fragments that a rule ends where the kernel has put them together', async (t) => {
  const scenario = {
    name: 'long answers by a short link',
    backend: ['nft', 'legacy'],
    interfaces: { wg0: { addresses: ['192.0.2.1/24'], mtu: 1300 } },
    servers: {
      dns: { protocol: 'udp', address: '192.0.2.9', port: 53, via: 'wg0' },
      log: { protocol: 'udp', address: '192.0.2.9', port: 514, via: 'wg0' },
    },
    rules: ['-A INPUT -p udp --sport 53 -j DROP'],
    probes: [
      { from: '192.0.2.1', to: 'dns', send: { bytes: 3000 }, timeoutMs: 400, expect: { cause: 'answer-eaten', rule: 0 } },
      { from: '192.0.2.1', to: 'log', send: { bytes: 3000 }, timeoutMs: 400, expect: 'service' },
    ],
  };
  for (const ordinary of [false, true]) {
    const { scenarios } = readResult(
      await loopfw(['run', '-r', 'json', '--no-advice', '-'], { ordinary, input: JSON.stringify(scenario) }),
    );
    for (const { backend, probes } of scenarios) {
      const [eaten] = probes;
      t.match(probes, [{ status: 'passed' }, { status: 'passed' }], backend);
      const answers = eaten?.journey.filter(({ source }) => source === '192.0.2.9:53');
      t.match(answers, [{ fragment: true, steps: [{ hook: 'prerouting' }] }], 'the answer is one packet');
      t.match(answers?.[0]?.steps.at(-1), { hook: 'input', rule: 0, verdict: 'drop' });
    }
  }
});

t.test('a packet whose time to live has ended was not routed', async (t) => {
  const scenario = {
    name: 'one hop',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] }, lan: { addresses: ['198.51.100.1/24', '2001:db8:2::1/64'] } },
    sysctl: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1 },
    clients: { pc: { address: '198.51.100.9', via: 'lan' }, pc6: { address: '2001:db8:2::9', via: 'lan' } },
    servers: {
      web: { protocol: 'tcp', address: '192.0.2.80', port: 80, via: 'eth0' },
      dns: { protocol: 'udp', address: '192.0.2.80', port: 53, via: 'eth0' },
      web6: { protocol: 'tcp', address: '2001:db8:1::80', port: 80, via: 'eth0' },
    },
    rules: ['-t mangle -A PREROUTING -d 192.0.2.80 -j TTL --ttl-set 1', '-t mangle -A PREROUTING -d 2001:db8:1::80 -j HL --hl-set 1'],
    probes: [
      { from: 'pc', to: 'web', expect: { outcome: 'unreachable', cause: 'not-routed' } },
      { from: 'pc', to: 'dns', timeoutMs: 300, expect: { outcome: 'timeout', cause: 'not-routed' } },
      { from: 'pc6', to: 'web6', expect: { outcome: 'unreachable', cause: 'not-routed' } },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.match(probes, Array(3).fill({ status: 'passed', rule: null, explanation: /its time to live .*time-exceeded says/ }), backend);
  }
});

t.test('a route that refuses what the world itself sends, and a next hop that is not there', async (t) => {
  const scenario = {
    name: 'no way out',
    backend: ['nft', 'legacy'],
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] } },
    routes: [
      ...['default via 192.0.2.254', 'default via 2001:db8:1::fe'],
      ...['blackhole 203.0.113.0/24', 'unreachable 198.51.100.0/24', 'blackhole 2001:db8:9::/64'],
    ],
    probes: [
      { from: '192.0.2.1', to: 'tcp://203.0.113.9:80', expect: 'service' },
      { from: '192.0.2.1', to: 'tcp://198.51.100.9:80', expect: 'service' },
      { from: '2001:db8:1::1', to: 'tcp://[2001:db8:9::9]:80', expect: 'service' },
      { from: '127.0.0.1', to: 'tcp://192.0.2.9:80', expect: 'service' },
      { from: '192.0.2.1', to: 'tcp://198.18.0.9:80', timeoutMs: 900, expect: 'service' },
      { from: '2001:db8:1::1', to: 'tcp://[2001:db8:c::9]:80', timeoutMs: 900, expect: 'service' },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '--no-advice', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.match(
      probes,
      [
        { cause: 'local', observed: { errno: 'EINVAL' }, advice: /^An entry of the type blackhole in .* covers 203\.0\.113\.9:/ },
        { cause: 'local', observed: { errno: 'EHOSTUNREACH' }, advice: /^An entry of the type unreachable in .* covers 198\.51\.100\.9:/ },
        { cause: 'local', observed: { errno: 'EINVAL' }, advice: /^An entry of the type blackhole in .* covers 2001:db8:9::9:/ },
        { cause: 'local', observed: { errno: 'EINVAL' }, advice: /^A packet from 127\.0\.0\.1 cannot leave the host/ },
        {
          cause: 'not-routed',
          explanation: /nobody behind eth0 has answered for 192\.0\.2\.254, the next hop of the route to 198\.18\.0\.9 \(ARP/,
          advice: /^The route to 198\.18\.0\.9 is wrong, .*: correct the next hop 192\.0\.2\.254, /,
        },
        { cause: 'not-routed', explanation: /answered for 2001:db8:1::fe, the next hop of the route to 2001:db8:c::9 / },
      ],
      backend,
    );
  }
});
