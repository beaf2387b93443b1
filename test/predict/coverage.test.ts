// Why no packet reaches a rule, and the probe that would, by literal rules in a world with one interface.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import type { Scenario } from '../../src/model/scenario.js';
import type { Unreached } from '../../src/model/result.js';
import { explainUnreached } from '../../src/predict/coverage/unreached.js';
import { toNetwork } from '../../src/predict/network.js';
import { readRules } from '../../src/predict/scenario.js';

const WORLD = {
  interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
  servers: { web: 'tcp://192.0.2.1:80', far: { protocol: 'tcp', address: '192.0.2.9', port: 443, via: 'eth0' } },
  clients: { app: '127.0.0.1', pc: { address: '192.0.2.7', via: 'eth0' } },
  probes: [
    { from: 'app', to: 'tcp://127.0.0.2:80', expect: 'closed' },
    { from: 'pc', to: 'web', expect: 'connected' },
  ],
};

function parse(rules: unknown[], more: object = {}): Scenario {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ name: 'x', ...WORLD, rules, ...more }), 's.json');
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('; '));
  }
  return scenario;
}

function explain(scenario: Scenario, entries: number[], mostAsked?: number): Map<number, Unreached> {
  const rules = scenario.phases[0]?.ruleSet?.rules ?? [];
  const probes = scenario.phases.flatMap(({ batches }) => batches.flat());
  return explainUnreached({
    ...{ rules, ruleSets: readRules(rules, 'nft'), network: toNetwork(scenario), entries },
    parties: { servers: scenario.servers, probes },
    ...(mostAsked === undefined ? {} : { mostAsked }),
  });
}

/** `never why`, or the probe as JSON and what it adds. */
function tell(unreached: Unreached | undefined): string {
  return unreached?.class === 'missing'
    ? [unreached.probe, unreached.adds]
        .map((part) => (part === null ? '' : ` ${JSON.stringify(part)}`))
        .join('')
        .trim()
    : `${unreached?.class} ${unreached?.why}`;
}

/** The last rule is the one that is asked about. */
const CASES: Record<string, [rules: string[], expected: string | RegExp][]> = {
  'no packet can match': [
    [['-A INPUT -p tcp -j DROP', '-A INPUT -p tcp --dport 80 -j ACCEPT'], 'never rule 0 takes every packet that it would'],
    [['-A INPUT -p tcp --tcp-flags SYN ACK -j DROP'], 'never its conditions exclude each other'],
    [['-N sub', '-A sub -j DROP'], 'never no rule leads to the chain sub'],
    [
      ['-N sub', '-A INPUT -p udp -j sub', '-A sub -p tcp -j DROP'],
      'never the rules that lead to the chain sub bring no packet that it asks for',
    ],
    [
      ['-N one', '-N two', '-A INPUT -j DROP', '-A INPUT -j one', '-A one -j two', '-A two -j ACCEPT'],
      'never the rules that lead to the chain two can never match',
    ],
  ],
  'no probe sends what it needs': [
    [['-A INPUT -p gre -j DROP'], 'unsendable it needs a packet of the protocol 47'],
    [['-A INPUT -m conntrack --ctstate INVALID -j DROP'], 'unsendable it needs a packet in the state INVALID'],
    [['-A INPUT -p tcp --tcp-flags ALL NONE -j DROP'], 'unsendable it needs TCP flags that no client and no server sends'],
    [['-A INPUT -p tcp ! --syn -m conntrack --ctstate NEW -j DROP'], 'unsendable it needs a new connection that does not begin with a SYN'],
    [['-A INPUT -p icmp --icmp-type 17 -j DROP'], 'unsendable it needs an ICMP message of type 17, which no probe brings about'],
    [['-A INPUT -m addrtype --dst-type MULTICAST -j DROP'], 'unsendable it needs a packet to an address of the type MULTICAST'],
    [['-A INPUT -d 224.0.0.0/4 -j DROP'], 'unsendable it needs a packet to an address that no probe has'],
    [['-A INPUT -i eth0 -s 127.0.0.0/8 -j DROP'], 'unsendable it needs a packet from a loopback address that comes in by an interface'],
    [['-A INPUT -m conntrack --ctstate RELATED -p udp -j DROP'], /^unsendable it needs a connection that another one has announced/],
  ],
  'a probe is missing': [
    [['-A INPUT -i lo -p tcp --dport 81 -j DROP'], '{"from":"app","to":"tcp://127.0.0.1:81","expect":"dropped"}'],
    [['-A INPUT -i eth0 -p udp --dport 53 -j REJECT'], '{"from":"pc","to":"udp://192.0.2.1:53","expect":"rejected"}'],
    [['-A INPUT -i eth0 -p tcp --dport 80 -j ACCEPT'], '{"from":"pc","to":"web","expect":"connected"}'],
    [['-A INPUT -p icmp --icmp-type 8 -j DROP'], '{"from":"app","to":"icmp://127.0.0.1","expect":"dropped"}'],
    [['-A OUTPUT -o eth0 -p tcp --dport 443 -j DROP'], '{"from":"192.0.2.1","to":"far","expect":"dropped"}'],
    [['-t raw -A OUTPUT -m conntrack --ctstate INVALID -j DROP'], '{"from":"app","to":"tcp://127.0.0.1:80","expect":"dropped"}'],
  ],
  // Each of these rules was reached on a kernel, by a probe of a fitting world: a class that says it cannot be would be wrong.
  'what a probe brings about, although the search finds none': [
    [['-t raw -A PREROUTING -f -j ACCEPT'], /^unknown/],
    [['ip6tables -t raw -A PREROUTING -m frag --fragid 0:4294967295'], /^unknown/],
    [['-A OUTPUT -p icmp --icmp-type time-exceeded -j ACCEPT'], /^unknown/],
    [['-A OUTPUT -p icmp --icmp-type fragmentation-needed -j ACCEPT'], /^unknown/],
    [['-A INPUT -m addrtype --dst-type BROADCAST -j ACCEPT'], /^unknown/],
    ...[
      '-p icmpv6 --icmpv6-type neighbour-solicitation',
      '-p icmpv6 --icmpv6-type neighbour-advertisement',
      '-d ff02::/16',
      '-m pkttype --pkt-type multicast',
      '-m addrtype --dst-type MULTICAST',
      '-m addrtype --dst-type ANYCAST',
      '-m addrtype --dst-type UNREACHABLE',
    ].map((match): [string[], RegExp] => [[`ip6tables -t raw -A PREROUTING ${match}`], /^unknown/]),
  ],
  'what the rules that lead to a chain do not exclude': [
    [
      [
        '-N sub',
        ...Array.from({ length: 30 }, (_, place) => `-A INPUT -p udp --dport ${1000 + place} -j sub`),
        '-A INPUT -p tcp -j sub',
        '-A sub -p tcp --dport 80 -j DROP',
      ],
      '{"from":"app","to":"tcp://127.0.0.1:80","expect":"dropped"}',
    ],
    [
      [
        '-t raw -N sub',
        '-t raw -A OUTPUT -p tcp --dport 80 -m conntrack --ctstate INVALID -j sub',
        '-t raw -A sub -j CT --notrack',
        '-t raw -A sub -m conntrack --ctstate UNTRACKED -j DROP',
      ],
      '{"from":"app","to":"tcp://127.0.0.1:80","expect":"dropped"}',
    ],
    [
      ['-t raw -A OUTPUT -p tcp --dport 80 -j CT --zone 5', '-A OUTPUT -m conntrack --ctstate INVALID -j ACCEPT'],
      '{"from":"app","to":"tcp://127.0.0.1:80","expect":"closed"}',
    ],
    [['-A INPUT -i l+ -s 127.0.0.1 -p tcp --dport 81 -j DROP'], '{"from":"app","to":"tcp://127.0.0.1:81","expect":"dropped"}'],
  ],
  'earlier rules are avoided': [
    [
      ['-A INPUT -p tcp -s 127.0.0.1 -j DROP', '-A INPUT -i lo -p tcp -j ACCEPT'],
      '{"from":"192.0.2.1","to":"tcp://127.0.0.1:80","expect":"answer-eaten"}',
    ],
    [
      ['-A INPUT -i lo -p tcp --dport 0:100 -j DROP', '-A INPUT -i lo -p tcp --dport 90:102 -j DROP'],
      '{"from":"app","to":"tcp://127.0.0.1:101","expect":"dropped"}',
    ],
    [
      ['-P OUTPUT DROP', '-A OUTPUT -p tcp -d 127.0.0.9 --dport 99 -j ACCEPT', '-A INPUT -i lo -p tcp -j DROP'],
      '{"from":"app","to":"tcp://127.0.0.9:99","expect":"dropped"}',
    ],
  ],
  'answers, errors and data': [
    [['-A INPUT -i lo -p tcp --tcp-flags ALL RST,ACK -j DROP'], '{"from":"app","to":"tcp://127.0.0.1:80","expect":"answer-eaten"}'],
    [['-A INPUT -i lo -p icmp --icmp-type 3 -j DROP'], '{"from":"app","to":"udp://127.0.0.1:80","expect":"answer-eaten"}'],
    [
      ['-A INPUT -i eth0 -p tcp --dport 80 -m conntrack --ctstate ESTABLISHED -j ACCEPT'],
      '{"from":"pc","to":"web","send":"loopfw","expect":"connected"}',
    ],
  ],
  'what the scenario lacks is added': [
    [
      ['-A INPUT -i eth0 -s 10.0.0.0/8 -j DROP'],
      '{"from":"client-10.0.0.77","to":"web","expect":"dropped"} {"clients":{"client-10.0.0.77":{"address":"10.0.0.77","via":"eth0"}}}',
    ],
    [
      ['-A INPUT -i eth0 -p udp --sport 68 -j DROP'],
      '{"from":"client-192.0.2.7-68","to":"udp://192.0.2.1:80","expect":"dropped"} {"clients":{"client-192.0.2.7-68":{"address":"192.0.2.7","via":"eth0","port":68}}}',
    ],
    [
      ['-A OUTPUT -p tcp -m owner --uid-owner 1000 -j REJECT --reject-with tcp-reset'],
      '{"from":"client-127.0.0.1-user-1000","to":"tcp://127.0.0.1:80","expect":"rejected"} {"clients":{"client-127.0.0.1-user-1000":{"address":"127.0.0.1","user":1000}}}',
    ],
    [
      ['-A FORWARD -i eth0 -j DROP'],
      /^\{"from":"pc","to":".*","expect":"dropped"\} \{"interfaces":\{"eth1":.*"sysctl":\{"net.ipv4.ip_forward":1\}/,
    ],
    [['-A INPUT -i eth7 -j DROP'], /"interfaces":\{"eth7":\{"addresses":\["198.18.0.1\/24"\]\}\}/],
  ],
  'what remembers': [
    [['-A INPUT -i lo -m limit --limit 1/min -j DROP'], '{"from":"app","to":"tcp://127.0.0.1:80","expect":"dropped"}'],
    [['-A INPUT -m statistic --mode random --probability 0.5 -j DROP'], /^unknown no probe was found: what decides is not known/],
    [['-A INPUT -m limit --limit 1/min -j ACCEPT', '-A INPUT -j DROP'], 'unknown no probe was found that certainly comes to it'],
  ],
};

for (const [name, cases] of Object.entries(CASES)) {
  t.test(name, (t) => {
    for (const [rules, expected] of cases) {
      const last = rules.length - 1;
      const said = tell(explain(parse(rules), [last]).get(last));
      if (typeof expected === 'string') {
        t.equal(said, expected, rules.join('; '));
      } else {
        t.match(said, expected, rules.join('; '));
      }
    }
    t.end();
  });
}

t.test('the legacy back end takes conditions that no packet meets', (t) => {
  const scenario = parse(['-A INPUT ! -s 0.0.0.0/0 -j DROP'], { backend: 'legacy', ignore: ['never-matches'] });
  t.equal(tell(explain(scenario, [0]).get(0)), 'never no packet meets ! -s 0.0.0.0/0');
  t.end();
});

t.test('a policy is reached by what no rule takes', (t) => {
  const scenario = parse(['-P INPUT DROP', '-A INPUT -i lo -j ACCEPT', '-A INPUT -p tcp --dport 0:12344 -j ACCEPT']);
  t.equal(tell(explain(scenario, [0]).get(0)), '{"from":"pc","to":"tcp://192.0.2.1:12345","expect":"dropped"}');
  t.end();
});

t.test('the search has an end, and says so', (t) => {
  const rules = Array.from({ length: 50 }, (_, place) => `-A INPUT -i lo -p tcp --dport ${1000 + place} -j DROP`);
  const entries = rules.map((_, place) => place);
  const all = explain(parse(rules), entries);
  t.ok([...all.values()].every((one) => one.class === 'missing'));
  const some = [...explain(parse(rules), entries, 300).values()];
  t.ok(some.some((one) => one.class === 'missing'));
  t.match(tell(some.at(-1)), 'unknown not worked out: the search ends after 300 questions to rules');
  t.end();
});
