// Warnings are true: each scenario with one fails for the reason that the warning gives, and passes when what it says has been written.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

interface Case {
  /** What is wrong, with the warning. */
  wrong: object;
  /** What is written instead. */
  right: object;
}

const ETH0 = { eth0: { addresses: ['192.0.2.1/24'] } };
const OUTSIDE = { outside: { address: '192.0.2.9', via: 'eth0' } };
const FROM_OUTSIDE = [{ from: 'outside', to: 'tcp://192.0.2.1:80', expect: 'connected', timeoutMs: 400 }];
const FORWARD = { 'net.ipv4.ip_forward': 1 };

const REDIRECT = '-t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080';
const LOCAL = {
  servers: { app: 'tcp://0.0.0.0:8080' },
  rules: [REDIRECT],
  probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.1:80', expect: 'connected' }],
};

const TO_CONTAINER = {
  interfaces: { ...ETH0, docker0: { addresses: ['172.17.0.1/16'] } },
  sysctl: FORWARD,
  clients: OUTSIDE,
  rules: ['-t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 172.17.0.4:80'],
  probes: FROM_OUTSIDE,
};

const DNS = {
  interfaces: ETH0,
  servers: { dns: { protocol: 'udp', address: '192.0.2.53', port: 53, via: 'eth0' } },
  rules: ['-t nat -A OUTPUT -p udp --dport 53 -j DNAT --to-destination 192.0.2.53'],
  probes: [{ from: '127.0.0.1', to: 'udp://127.0.0.53:53', expect: 'connected', timeoutMs: 400 }],
};

const TO_LOOPBACK = {
  interfaces: ETH0,
  clients: OUTSIDE,
  servers: { web: 'tcp://127.0.0.1:8000' },
  rules: ['-t nat -A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 127.0.0.1:8000'],
  probes: FROM_OUTSIDE,
};

const HAIRPIN = ['-t nat -A PREROUTING -p tcp -d 203.0.113.1 --dport 22 -j DNAT --to-destination 192.0.2.100:22'];
const LAN = {
  interfaces: { lan0: { addresses: ['192.0.2.1/24'] }, wan0: { addresses: ['203.0.113.1/24'] } },
  sysctl: FORWARD,
  servers: { ssh: { protocol: 'tcp', address: '192.0.2.100', port: 22, via: 'lan0' } },
  clients: { lan: { address: '192.0.2.50', via: 'lan0' } },
  rules: HAIRPIN,
  probes: [{ from: 'lan', to: 'tcp://203.0.113.1:22', expect: 'connected', timeoutMs: 400 }],
};

const WEB = {
  servers: { web: 'tcp://127.0.0.2:80' },
  probes: [{ from: '127.0.0.1', to: 'web', expect: 'connected', timeoutMs: 400 }],
};
const states = (list: string) => [
  '-P INPUT DROP',
  `-A INPUT -m conntrack --ctstate ${list} -j ACCEPT`,
  '-A INPUT -p tcp --dport 80 -j ACCEPT',
];
const NOTRACK = '-t raw -A OUTPUT -o lo -j NOTRACK';

const SIX = {
  interfaces: { eth0: { addresses: ['2001:db8::1/64'] } },
  servers: { web: 'tcp://[2001:db8::1]:80' },
  clients: { six: { address: '2001:db8::9', via: 'eth0' } },
  probes: [{ from: 'six', to: 'web', expect: 'connected', timeoutMs: 700 }],
};
const CLOSED6 = ['ip6tables -P INPUT DROP', 'ip6tables -A INPUT -p tcp --dport 80 -j ACCEPT'];

const CASES: Record<string, Case> = {
  'prerouting-without-output': {
    wrong: LOCAL,
    right: { ...LOCAL, rules: [REDIRECT, '-t nat -A OUTPUT -o lo -p tcp --dport 80 -j REDIRECT --to-ports 8080'] },
  },
  'dnat-nowhere': {
    wrong: TO_CONTAINER,
    right: { ...TO_CONTAINER, servers: { web: { protocol: 'tcp', address: '172.17.0.4', port: 80, via: 'docker0' } } },
  },
  'dnat-off-host': { wrong: DNS, right: { ...DNS, probes: [{ ...DNS.probes[0], from: '192.0.2.1' }] } },
  'route-localnet': { wrong: TO_LOOPBACK, right: { ...TO_LOOPBACK, sysctl: { 'net.ipv4.conf.eth0.route_localnet': 1 } } },
  'same-cable': { wrong: LAN, right: { ...LAN, rules: [...HAIRPIN, '-t nat -A POSTROUTING -o lan0 -d 192.0.2.100 -j MASQUERADE'] } },
  'notrack-and-state': {
    wrong: { ...WEB, rules: [NOTRACK, ...states('RELATED,ESTABLISHED')] },
    right: { ...WEB, rules: [NOTRACK, ...states('RELATED,ESTABLISHED,UNTRACKED')] },
  },
  'neighbour-discovery': {
    wrong: { ...SIX, rules: CLOSED6 },
    right: { ...SIX, rules: [...CLOSED6, 'ip6tables -A INPUT -p ipv6-icmp --icmpv6-type neighbour-solicitation -j ACCEPT'] },
  },
  'related-missing': {
    wrong: {
      rules: states('ESTABLISHED').concat('-A INPUT -p udp --dport 53 -j ACCEPT'),
      probes: [{ from: '127.0.0.1', to: 'udp://127.0.0.2:53', expect: 'refused', timeoutMs: 300 }],
    },
    right: {
      rules: states('RELATED,ESTABLISHED').concat('-A INPUT -p udp --dport 53 -j ACCEPT'),
      probes: [{ from: '127.0.0.1', to: 'udp://127.0.0.2:53', expect: { outcome: 'refused', cause: 'no-listener' }, timeoutMs: 300 }],
    },
  },
  'dead-rule': {
    wrong: { ...WEB, rules: ['-A INPUT -p tcp --syn -j DROP', '-A INPUT -p tcp --dport 80 --syn -j ACCEPT'] },
    right: { ...WEB, rules: ['-A INPUT -p tcp --dport 80 --syn -j ACCEPT', '-A INPUT -p tcp --syn -j DROP'] },
  },
  'no-target': {
    wrong: {
      ...WEB,
      rules: ['-A INPUT -p tcp --dport 81 -j DROP', '-A INPUT -p tcp --dport 80'],
      probes: [{ ...WEB.probes[0], expect: 'dropped' }],
    },
    right: {
      ...WEB,
      rules: ['-A INPUT -p tcp --dport 81 -j DROP', '-A INPUT -p tcp --dport 80 -j DROP'],
      probes: [{ ...WEB.probes[0], expect: 'dropped' }],
    },
  },
  'ipv6-open': {
    wrong: {
      servers: { web: 'tcp://[::1]:80' },
      rules: ['-A INPUT -p tcp --dport 80 -j DROP'],
      probes: [{ from: '::1', to: 'web', expect: 'dropped', timeoutMs: 300 }],
    },
    right: {
      servers: { web: 'tcp://[::1]:80' },
      rules: [{ chain: 'INPUT', protocol: 'tcp', destinationPort: 80, target: 'DROP', family: 'both' }],
      probes: [{ from: '::1', to: 'web', expect: 'dropped', timeoutMs: 300 }],
    },
  },
};

for (const ordinary of [false, true]) {
  t.test(`each warning is true${ordinary ? ', for an ordinary user' : ''}`, async (t) => {
    const scenarios = Object.entries(CASES).flatMap(([code, { wrong, right }]) => [
      { name: `${code} wrong`, ...wrong },
      { name: `${code} right`, ...right },
    ]);
    const args = ['run', '-r', 'json', '--backend', 'nft,legacy', '-'];
    const { scenarios: results } = readResult(await loopfw(args, { ordinary, input: JSON.stringify(scenarios) }));
    t.equal(results.length, scenarios.length * 2);
    for (const { name, backend, status, warnings, probes } of results) {
      const [code = '', kind] = name.split(' ');
      const codes = warnings.map((warning) => warning.code);
      const expected = kind === 'wrong' ? { status: 'failed', codes: [code] } : { status: 'passed', codes: [] };
      t.strictSame({ status, codes }, expected, `${name} on ${backend}: ${probes[0]?.explanation}`);
    }
  });
}
