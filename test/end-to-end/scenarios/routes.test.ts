// The world's routes and settings are those of the scenario. What loopfw adds stands in the result and in the verbose report.
import t from 'tap';
import { loopfw, type RunOptions } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

/** They wait for clients most of the time. */
t.jobs = 4;

/** A client comes in by another interface than the one that its prefix is on. */
const STRAY = {
  interfaces: { eth0: { addresses: ['192.0.2.1/24'] }, pods: { addresses: ['198.51.100.1/24'] } },
  servers: { host: 'tcp://0.0.0.0:53' },
  clients: { pod: { address: '198.51.100.9', via: 'pods' }, stray: { address: '198.51.100.77', via: 'eth0' } },
};
/** A DNAT that needs forwarding. */
const PUBLISHED = {
  interfaces: { br0: { addresses: ['192.0.2.1/24'] }, eth0: { addresses: ['203.0.113.1/24'] } },
  servers: { web: { protocol: 'tcp', address: '192.0.2.80', port: 80, via: 'br0' } },
  clients: { outside: { address: '203.0.113.9', via: 'eth0' } },
  rules: ['-t nat -A PREROUTING -i eth0 -p tcp --dport 8080 -j DNAT --to-destination 192.0.2.80:80'],
  probes: [{ from: 'outside', to: 'tcp://203.0.113.1:8080', timeoutMs: 400, expect: 'connected' }],
};

async function observe(scenarios: object[], backend: string, options: RunOptions = {}) {
  const input = JSON.stringify(scenarios.map((scenario, place) => ({ name: `${place}`, ...scenario })));
  const { scenarios: results } = readResult(
    await loopfw(['run', '-r', 'json', '--no-advice', '--backend', backend, '-'], { ...options, input }),
  );
  return results;
}

for (const [backend, options] of [
  ['nft', {}],
  ['legacy', {}],
  ['nft', { ordinary: true }],
  ['legacy', { ordinary: true }],
] as const) {
  t.test(`where rules or settings ask for routes, loopfw adds none (${backend}, ${JSON.stringify(options)})`, async (t) => {
    const rules = ['-t raw -A PREROUTING -m rpfilter --invert -j DROP'];
    const probes = [
      { from: 'pod', to: 'tcp://198.51.100.1:53', expect: 'connected' },
      { from: 'stray', to: 'tcp://192.0.2.1:53', timeoutMs: 400, expect: 'dropped' },
    ];
    const sysctl = { 'net.ipv4.conf.all.rp_filter': 1 };
    const [asked, strict, plain] = await observe(
      [
        { ...STRAY, rules, probes },
        { ...STRAY, sysctl, probes },
        { ...STRAY, probes },
      ],
      backend,
      options,
    );
    const outcomes = (result: typeof asked) => result?.probes.map(({ observed }) => observed?.outcome);
    t.strictSame(outcomes(asked), ['connected', 'timeout']);
    t.match(asked?.probes[1], { status: 'passed', cause: 'dropped', rule: { index: 0 } });
    t.strictSame(outcomes(strict), ['connected', 'timeout'], 'strict rp_filter ends the packet');
    t.strictSame(outcomes(plain), ['connected', 'connected'], 'with the added route');
    t.strictSame(
      [asked, strict, plain].map((result) => result?.world?.routes),
      [[], [], ['198.51.100.77 dev eth0']],
    );
  });

  t.test(`nothing is forwarded unless the scenario says so (${backend}, ${JSON.stringify(options)})`, async (t) => {
    const [off, zero, on] = await observe(
      [PUBLISHED, { ...PUBLISHED, sysctl: { 'net.ipv4.ip_forward': 0 } }, { ...PUBLISHED, sysctl: { 'net.ipv4.ip_forward': 1 } }],
      backend,
      options,
    );
    t.strictSame(
      [off, zero, on].map((result) => result?.probes[0]?.observed?.outcome),
      ['timeout', 'timeout', 'connected'],
    );
    t.strictSame(on?.world?.links, [
      { name: 'br0', bridge: null, machines: ['192.0.2.80'] },
      { name: 'eth0', bridge: null, machines: ['203.0.113.9'] },
    ]);
  });
}

t.test('the next hop of a route forwards to those behind it', async (t) => {
  const probes = [{ from: 'far', to: 'tcp://192.0.2.1:53', expect: 'connected' }];
  const base = { ...STRAY, clients: { far: { address: '203.0.113.9', via: 'eth0' } }, probes };
  const [asked, plain] = await observe(
    [
      { ...base, routes: ['default via 192.0.2.254'], sysctl: { 'net.ipv4.conf.all.rp_filter': 1 } },
      { ...base, routes: ['203.0.113.0/24 via 192.0.2.254'] },
    ],
    'nft',
  );
  t.match([asked, plain], [{ status: 'passed' }, { status: 'passed' }]);
  t.strictSame([asked?.world?.routes, plain?.world?.routes], [[], []]);
});

t.test('no added route undoes a route that refuses an address', async (t) => {
  const types = ['blackhole', 'unreachable', 'prohibit', 'throw'];
  const scenarios = types.map((type) => ({
    interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] } },
    // A next hop would lead there, and a longer prefix still does.
    routes: [
      ...(type === 'throw' ? [] : ['default via 192.0.2.254', 'default via 2001:db8:1::254']),
      ...['203.0.113.0/24', '2001:db8:9::/64'].map((prefix) => `${type} ${prefix}`),
      '203.0.113.128/25 dev eth0',
    ],
    servers: { four: 'tcp://192.0.2.1:80', six: 'tcp://[2001:db8:1::1]:80' },
    clients: {
      far: { address: '203.0.113.9', via: 'eth0' },
      near: { address: '203.0.113.200', via: 'eth0' },
      far6: { address: '2001:db8:9::9', via: 'eth0' },
    },
    probes: [
      { from: 'far', to: 'four', timeoutMs: 300, expect: 'timeout' },
      { from: 'near', to: 'four', expect: 'connected' },
      { from: 'far6', to: 'six', timeoutMs: 300, expect: 'timeout' },
    ],
  }));
  const backends = ['nft', 'legacy'];
  const observed = await Promise.all(backends.map((backend) => observe(scenarios, backend)));
  for (const [own, backend] of backends.entries()) {
    for (const [place, { world, probes }] of (observed[own] ?? []).entries()) {
      t.strictSame(world?.routes, [], types[place] ?? '');
      t.strictSame(
        probes.map(({ observed }) => observed?.outcome),
        ['timeout', 'connected', 'timeout'],
        `${types[place]}, ${backend}`,
      );
    }
  }
});

t.test('the verbose report has a line for each world that loopfw added to', async (t) => {
  const probes = [{ from: 'stray', to: 'tcp://192.0.2.1:53', expect: 'connected' }];
  const input = JSON.stringify([
    { name: 'lo alone', probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:81', expect: 'closed' }] },
    { name: 'two cables', ...STRAY, probes },
  ]);
  const [verbose, usual, json] = await Promise.all(
    [['--verbose'], [], ['-r', 'json']].map((more) => loopfw(['run', ...more, '-'], { input })),
  );
  t.strictSame(verbose?.stdout.match(/^ {2}world, added by loopfw: eth0 to 198\.51\.100\.77 · .*$/gm)?.length, 1);
  t.match(verbose?.stdout, / · route 198\.51\.100\.77 dev eth0 · .*net\.ipv4\.icmp_ratelimit=0/);
  t.notMatch(usual?.stdout, 'added by loopfw');
  const [alone, cables] = readResult(json!).scenarios;
  t.strictSame(alone?.world, { sysctl: {}, routes: [], links: [] });
  t.equal(cables?.world?.sysctl['net.ipv4.icmp_ratelimit'], '0');
  t.notOk(Object.keys(cables?.world?.sysctl ?? {}).includes('net.ipv4.ip_forward'), 'the default of the kernel is no addition');
});
