// Rules of nat that do not do what a probe needs: a warning where it is certain, and only then.
import t from 'tap';
import { findScenarioWarnings } from '../../../support/warnings.js';

const ETH0 = { eth0: { addresses: ['192.0.2.1/24'] } };
const OUTSIDE = { outside: { address: '192.0.2.9', via: 'eth0' } };
const REDIRECT = '-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080';
const APP = { app: 'tcp://0.0.0.0:8080' };
const LOCAL = [{ from: '127.0.0.1', to: 'tcp://127.0.0.1:80', expect: 'connected' }];
const FROM_OUTSIDE = [{ from: 'outside', to: 'tcp://192.0.2.1:80', expect: 'connected' }];

/** The warnings of one code: those of others are no matter of these tests. */
function find(code: string, scenario: object): string[] {
  return findScenarioWarnings(scenario).flatMap((warning) => (warning.code === code ? [warning.message] : []));
}

t.test('prerouting-without-output: the local client of a REDIRECT', async (t) => {
  t.strictSame(find('prerouting-without-output', { servers: APP, rules: [REDIRECT], probes: LOCAL }), [
    'rule 0 does not rewrite what the client 127.0.0.1 sends to 127.0.0.1:80, because packets of the machine itself never meet nat PREROUTING: add -t nat -A OUTPUT -o lo -p tcp --dport 80 -j REDIRECT --to-ports 8080',
  ]);
  const inChain = ['-t nat -N web', '-t nat -A PREROUTING -p tcp -j web', '-t nat -A web -p tcp --dport 80 -j REDIRECT --to-ports 8080'];
  t.match(find('prerouting-without-output', { servers: APP, rules: inChain, probes: LOCAL }), [/let nat OUTPUT jump to its chain too$/]);
  const several = [...LOCAL, { ...LOCAL[0], name: 'again' }];
  t.equal(find('prerouting-without-output', { servers: APP, rules: [REDIRECT], probes: several }).length, 1, 'one for a rule');
});

for (const [what, scenario] of Object.entries({
  'the twin is there': { rules: [REDIRECT, REDIRECT.replace('PREROUTING', 'OUTPUT')] },
  'the rule is for one interface': { interfaces: ETH0, rules: [REDIRECT.replace('-p', '-i eth0 -p')] },
  'the probe expects no answer': { rules: [REDIRECT], probes: [{ ...LOCAL[0], expect: 'closed' }] },
  'a server listens there itself': { servers: { ...APP, own: 'tcp://127.0.0.1:80' }, rules: [REDIRECT] },
  'the client is outside': { interfaces: ETH0, clients: OUTSIDE, rules: [REDIRECT], probes: FROM_OUTSIDE },
  'the rule is for another port': { rules: [REDIRECT.replace('80', '81')] },
  'chance decides whether the rule is met': { rules: [REDIRECT.replace('-j', '-m statistic --mode random --probability 0.5 -j')] },
})) {
  t.test(`not prerouting-without-output: ${what}`, async (t) => {
    t.strictSame(find('prerouting-without-output', { servers: APP, probes: LOCAL, ...scenario }), []);
  });
}

const TO_NOBODY = '-t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 172.17.0.4:80';
const ROUTER = { interfaces: ETH0, clients: OUTSIDE, sysctl: { 'net.ipv4.ip_forward': 1 }, probes: FROM_OUTSIDE };

t.test('dnat-nowhere: nobody has the address', async (t) => {
  t.strictSame(find('dnat-nowhere', { ...ROUTER, rules: [TO_NOBODY] }), [
    'rule 0 sends the probe outside → tcp://192.0.2.1:80 to 172.17.0.4, and nothing in the scenario has this address: add a server with "address": "172.17.0.4" and the "via" of its interface, or correct the rule',
  ]);
  const docker0 = { ...ETH0, docker0: { addresses: ['172.17.0.1/16'] } };
  t.equal(find('dnat-nowhere', { ...ROUTER, interfaces: docker0, rules: [TO_NOBODY] }).length, 1, 'a cable with nobody on it');
  const output = '-t nat -A OUTPUT -p tcp --dport 80 -j DNAT --to-destination 172.17.0.4';
  t.equal(find('dnat-nowhere', { rules: [output], probes: LOCAL }).length, 1, 'a client of the world itself');
});

for (const [what, scenario] of Object.entries({
  'a machine has the address': {
    interfaces: { ...ETH0, docker0: { addresses: ['172.17.0.1/16'] } },
    servers: { web: { protocol: 'tcp', address: '172.17.0.4', port: 80, via: 'docker0' } },
  },
  'the world has the address': { addresses: ['172.17.0.4/32'] },
  'a route leads on': {
    interfaces: { ...ETH0, docker0: { addresses: ['10.0.0.1/24'] } },
    routes: ['172.17.0.0/16 via 10.0.0.2'],
  },
  'no probe meets the rule': { rules: [TO_NOBODY.replace('80 ', '443 ')] },
  'the probe expects no answer': { probes: [{ ...FROM_OUTSIDE[0], expect: 'timeout' }] },
  'another rule comes first': { rules: ['-t nat -A PREROUTING -p tcp -j ACCEPT', TO_NOBODY] },
})) {
  t.test(`not dnat-nowhere: ${what}`, async (t) => {
    t.strictSame(find('dnat-nowhere', { ...ROUTER, rules: [TO_NOBODY], ...scenario }), []);
  });
}

const TO_DNS = '-t nat -A OUTPUT -p udp -d 127.0.0.53 --dport 53 -j DNAT --to-destination 192.0.2.53';
const DNS = {
  interfaces: ETH0,
  servers: { dns: { protocol: 'udp', address: '192.0.2.53', port: 53, via: 'eth0' } },
  rules: [TO_DNS],
  probes: [{ from: '127.0.0.1', to: 'udp://127.0.0.53:53', expect: 'connected' }],
};

t.test('dnat-off-host: packets from 127.0.0.1 leave the machine', async (t) => {
  t.strictSame(find('dnat-off-host', DNS), [
    'rule 0 sends packets from 127.0.0.1 to 192.0.2.53, and no packet from 127.0.0.0/8 may leave the machine: give the client 127.0.0.1 an address of an interface',
  ]);
});

for (const [what, scenario] of Object.entries({
  'the client has an address of the interface': { probes: [{ ...DNS.probes[0], from: '192.0.2.1' }] },
  'the new address is one of the world': { rules: [TO_DNS.replace('192.0.2.53', '192.0.2.1')] },
  'route_localnet allows it': { sysctl: { 'net.ipv4.conf.eth0.route_localnet': 1 } },
  'nobody has the address: that is dnat-nowhere': { servers: {} },
})) {
  t.test(`not dnat-off-host: ${what}`, async (t) => {
    t.strictSame(find('dnat-off-host', { ...DNS, ...scenario }), []);
  });
}

const TO_LOOPBACK = '-t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:8000';
const LOOPBACK = {
  interfaces: ETH0,
  clients: OUTSIDE,
  servers: { web: 'tcp://127.0.0.1:8000' },
  rules: [TO_LOOPBACK],
  probes: FROM_OUTSIDE,
};

t.test('route-localnet: packets of an interface go to 127.0.0.1', async (t) => {
  t.strictSame(find('route-localnet', LOOPBACK), [
    'rule 0 sends packets that come in by eth0 to 127.0.0.1, and routing ends them there: set "sysctl": { "net.ipv4.conf.eth0.route_localnet": 1 }, or let the server listen on an address of eth0',
  ]);
});

for (const [what, scenario] of Object.entries({
  'it is set': { sysctl: { 'net.ipv4.conf.eth0.route_localnet': 1 } },
  'it is set for all': { sysctl: { 'net.ipv4.conf.all.route_localnet': 1 } },
  'the new address is the interface’s': { rules: [TO_LOOPBACK.replace('127.0.0.1', '192.0.2.1')] },
  'a REDIRECT': { rules: [TO_LOOPBACK.replace(/DNAT.*/, 'REDIRECT --to-ports 8000')] },
  'the probe expects no answer': { probes: [{ ...FROM_OUTSIDE[0], expect: 'timeout' }] },
})) {
  t.test(`not route-localnet: ${what}`, async (t) => {
    t.strictSame(find('route-localnet', { ...LOOPBACK, ...scenario }), []);
  });
}

const HAIRPIN = '-t nat -A PREROUTING -p tcp -d 203.0.113.1 --dport 22 -j DNAT --to-destination 192.0.2.100:22';
const LAN = {
  interfaces: { lan0: { addresses: ['192.0.2.1/24'] }, wan0: { addresses: ['203.0.113.1/24'] } },
  servers: { ssh: { protocol: 'tcp', address: '192.0.2.100', port: 22, via: 'lan0' } },
  clients: { lan: { address: '192.0.2.50', via: 'lan0' }, wan: { address: '203.0.113.9', via: 'wan0' } },
  rules: [HAIRPIN],
  probes: [{ from: 'lan', to: 'tcp://203.0.113.1:22', expect: 'connected' }],
};
const BACK = '-t nat -A POSTROUTING -o lan0 -d 192.0.2.100 -j MASQUERADE';

t.test('same-cable: NAT sends a packet back to the cable from which it came', async (t) => {
  t.strictSame(find('same-cable', LAN), [
    `rule 0 sends what 192.0.2.50 sends back by lan0 to 192.0.2.100, which answers 192.0.2.50 directly, from an address that it never asked: add ${BACK}`,
  ]);
});

for (const [what, scenario] of Object.entries({
  'the source is rewritten too': { rules: [HAIRPIN, BACK] },
  'the source may be rewritten': { rules: [HAIRPIN, '-t nat -A POSTROUTING -p tcp --dport 22 -j MASQUERADE'] },
  'the client is behind another interface': { probes: [{ ...LAN.probes[0], from: 'wan' }] },
  'no answer is expected': { probes: [{ ...LAN.probes[0], expect: 'timeout' }] },
  'a bridge of the world': {
    interfaces: { wan0: LAN.interfaces.wan0 },
    bridges: { lan0: LAN.interfaces.lan0 },
  },
})) {
  t.test(`not same-cable: ${what}`, async (t) => {
    t.strictSame(find('same-cable', { ...LAN, ...scenario }), []);
  });
}
