// Which servers and machines a scenario keeps when it keeps some of its probes.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { keep } from '../../src/run/insight/keep.js';

const SCENARIO = {
  name: 'three machines',
  servers: {
    ssh: { protocol: 'tcp', address: '192.0.2.1', port: 22 },
    everywhere: { protocol: 'tcp', address: '0.0.0.0', port: '80-89' },
    mirror: { protocol: 'tcp', address: '198.51.100.8', port: 443, via: 'eth0' },
  },
  interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
  clients: { admin: { address: '198.51.100.7', via: 'eth0' }, world: { address: '203.0.113.9', via: 'eth0' }, box: '192.0.2.1' },
  probes: [
    { from: 'admin', to: 'ssh', expect: 'connected' },
    { from: 'world', to: 'tcp://192.0.2.1:89', expect: 'connected' },
    { from: 'box', to: 'mirror', expect: 'connected' },
    { from: 'box', to: 'tcp://203.0.113.9:22', expect: 'refused' },
  ],
};

const FILES = new Map([
  ['rules.v4', { text: '*filter\n-A INPUT -p tcp --dport 81 -j DROP\nCOMMIT\n' }],
  ['nat.nft', { text: 'table ip n {\n chain c { type nat hook prerouting priority dstnat; tcp dport 22 dnat to 198.51.100.8:443; }\n}\n' }],
]);

function show(rules: string[], probe: number, further: object = {}): { servers: string[]; machines: string[] } {
  const text = JSON.stringify({ ...SCENARIO, rules, ...further });
  const [scenario] = parseScenarios(text, 'scenario.json', { rulesets: FILES }).scenarios;
  const kept = keep(scenario!, ({ index }) => index === probe).scenario;
  return {
    servers: kept.servers.map(({ name }) => name),
    machines: kept.world.interfaces.flatMap(({ machines }) => machines.flatMap(({ addresses }) => addresses)),
  };
}

const FILTER = ['-N A', '-A INPUT -p tcp --dport 22 -j A', '-A A -j REJECT', '-A A -j LOG'];
const ALL = { servers: Object.keys(SCENARIO.servers), machines: ['198.51.100.8', '198.51.100.7', '203.0.113.9'] };

t.test('the two ends of the probe stay', async (t) => {
  t.strictSame(show(FILTER, 0), { servers: ['ssh'], machines: ['198.51.100.7'] });
  t.strictSame(show(FILTER, 1), { servers: ['everywhere'], machines: ['203.0.113.9'] });
  t.strictSame(show(FILTER, 2), { servers: ['mirror'], machines: ['198.51.100.8'] });
  t.strictSame(show(FILTER, 3), { servers: [], machines: ['203.0.113.9'] });
});

t.test('all stay where a packet may come to another end', async (t) => {
  for (const rule of [
    '-t nat -A PREROUTING -p tcp --dport 22 -j DNAT --to-destination 198.51.100.8:443',
    '-t nat -A PREROUTING -p tcp --dport 22 -j REDIRECT --to-ports 80',
    '-t nat -A POSTROUTING -j MASQUERADE',
  ]) {
    t.strictSame(show([...FILTER, rule], 0), ALL, rule);
  }
  t.strictSame(show(['-A INPUT -m mac --mac-source 02:00:00:00:00:02 -j DROP'], 0), ALL);
  const native = { ruleset: ['rules.v4', 'nat.nft'].map((file) => ({ file })), rules: undefined };
  t.strictSame(show([], 0, native), ALL, 'native rules beside those of iptables');
  t.strictSame(show(FILTER, 0, { servers: { ...SCENARIO.servers, ssh: { ...SCENARIO.servers.ssh, command: ['sshd'] } } }).servers, ['ssh']);
});
