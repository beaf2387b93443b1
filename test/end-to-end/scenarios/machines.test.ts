// Clients and servers outside are machines of their own: what the reports say of an answer that did not pass the world.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const HAIRPIN = {
  name: 'hairpin',
  interfaces: { docker0: { addresses: ['172.17.0.1/16'] } },
  sysctl: { 'net.ipv4.ip_forward': 1 },
  servers: { web: { protocol: 'tcp', address: '172.17.0.4', port: 80, via: 'docker0' } },
  clients: { app: { address: '172.17.0.7', via: 'docker0' } },
  rules: ['-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80'],
  probes: [{ from: 'app', to: 'tcp://172.17.0.1:8080', timeoutMs: 300, expect: 'connected' }],
};

for (const backend of ['nft', 'legacy']) {
  for (const ordinary of [false, true]) {
    t.test(`the missing MASQUERADE is named (${backend}${ordinary ? ', ordinary user' : ''})`, async (t) => {
      const ended = await loopfw(['run', '-r', 'json', '--backend', backend, '-'], { ordinary, input: JSON.stringify(HAIRPIN) });
      const [scenario] = readResult(ended).scenarios;
      t.match(scenario?.probes[0], {
        observed: { outcome: 'timeout' },
        cause: 'answer-eaten',
        rule: null,
        explanation: /behind the same interface as the client 172\.17\.0\.7, and left its source as it was.*the client reset it/,
        advice: /-t nat -A POSTROUTING -s 172\.17\.0\.7 -d 172\.17\.0\.4 -j MASQUERADE/,
      });
      t.strictSame(scenario?.world?.links, [{ name: 'docker0', bridge: null, machines: ['172.17.0.4', '172.17.0.7'] }]);
    });
  }
}

t.test('the advice, followed, connects', async (t) => {
  const rules = [...HAIRPIN.rules, '-t nat -A POSTROUTING -s 172.17.0.7 -d 172.17.0.4 -j MASQUERADE'];
  t.equal((await loopfw(['run', '-'], { input: JSON.stringify({ ...HAIRPIN, rules }) })).exitCode, 0);
});

t.test('a next hop discards what nobody has, and forwards by the world to machines elsewhere', async (t) => {
  const scenario = {
    name: 'two next hops',
    backend: ['nft', 'legacy'],
    interfaces: {
      eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] },
      lan: { addresses: ['198.51.100.1/24', '2001:db8:2::1/64'] },
      dmz: { addresses: ['172.16.0.1/24'] },
    },
    sysctl: { 'net.ipv4.ip_forward': 1, 'net.ipv6.conf.all.forwarding': 1 },
    // What comes from the LAN for the DMZ goes to 192.0.2.254 first.
    routes: ['default via 192.0.2.254', 'default via 2001:db8:1::254', '172.16.0.0/24 via 192.0.2.254 table 7'],
    ipRules: ['iif lan lookup 7'],
    clients: { pc: { address: '198.51.100.9', via: 'lan' }, pc6: { address: '2001:db8:2::9', via: 'lan' } },
    servers: {
      web: { protocol: 'tcp', address: '203.0.113.80', port: 80, via: 'eth0' },
      web6: { protocol: 'tcp', address: '2001:db8:3::80', port: 80, via: 'eth0' },
      inner: { protocol: 'tcp', address: '172.16.0.80', port: 80, via: 'dmz' },
    },
    probes: [
      { from: 'pc', to: 'web', expect: 'service' },
      { from: 'pc6', to: 'web6', expect: 'service' },
      { from: 'pc', to: 'inner', expect: 'service' },
      { from: 'pc', to: 'tcp://203.0.113.81:80', timeoutMs: 400, expect: 'silent' },
      { from: 'pc6', to: 'tcp://[2001:db8:3::81]:80', timeoutMs: 400, expect: 'silent' },
    ],
    phases: [
      {
        name: 'masqueraded',
        rules: ['-A FORWARD -i eth0 -o eth0 -j DROP', '-t nat -A POSTROUTING -o eth0 -j MASQUERADE'],
        probes: [{ from: 'pc', to: 'tcp://203.0.113.81:80', timeoutMs: 400, expect: 'silent' }],
      },
    ],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) }));
  for (const { backend, probes } of scenarios) {
    t.strictSame(
      probes.map(({ status }) => status),
      Array(6).fill('passed'),
      backend,
    );
    t.ok(
      probes.slice(3).every(({ journey }) => journey.length === 1),
      'nothing came back',
    );
    t.match(probes[5]?.explanation, /it left by eth0 as 192\.0\.2\.1 → 203\.0\.113\.81:80, and nothing came back/, backend);
  }
});
