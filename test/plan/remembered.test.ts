// Which probes share what rules remember, where it can change what becomes of a later one.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { makePlan } from '../../src/plan/plan.js';
import { listProbeMemories } from '../../src/plan/remembered.js';

const PROBES = [
  { from: '127.0.0.1', to: 'tcp://127.0.0.2:22', expect: 'refused' },
  { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'refused' },
  { from: '127.0.0.1', to: 'icmp://127.0.0.2', expect: 'connected' },
];

function listMemories(further: object) {
  const [scenario] = parseScenarios(JSON.stringify({ name: 'memories', probes: PROBES, ...further }), 'scenario.json').scenarios;
  return listProbeMemories(scenario!, makePlan(scenario!, 'nft', 'proof'));
}

/** For each probe, whether a rule may remember something of it. */
const list = (...rules: string[]) => listMemories({ rules }).map((own) => own.length > 0);

/** A router, and a client on either side of it. */
const ROUTER = {
  interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8::1/64'] }, eth1: { addresses: ['10.0.0.1/24'] } },
  servers: { web: { protocol: 'tcp', address: '10.0.0.8', port: 80, via: 'eth1' } },
  clients: { four: { address: '192.0.2.9', via: 'eth0' }, six: { address: '2001:db8::9', via: 'eth0' } },
  probes: [
    { from: 'four', to: 'web', expect: 'connected' },
    { from: 'six', to: 'tcp://[2001:db8::1]:80', expect: 'closed' },
  ],
};

const LIMIT = '-m limit --limit 1/hour';

t.test('a limit is shared by the packets that may come to it', async (t) => {
  t.strictSame(list(`-A INPUT ${LIMIT} -j DROP`), [true, true, true]);
  t.strictSame(list(`-A INPUT -p tcp --dport 22 ${LIMIT} -j DROP`), [true, false, false]);
  t.strictSame(list('-N A', '-A INPUT -p tcp --dport 22 -j A', `-A A ${LIMIT} -j DROP`), [true, false, false]);
});

t.test('a limit of pings is none of ICMP errors', async (t) => {
  t.strictSame(list(`-A INPUT -p icmp --icmp-type 8 ${LIMIT} -j DROP`), [false, false, true]);
  t.strictSame(list(`-A INPUT -p icmp ! --icmp-type 3 ${LIMIT} -j DROP`), [true, true, true], 'a host may send a type 11');
  t.strictSame(list(`-A INPUT -p icmp --icmp-type 3 ${LIMIT} -j DROP`), [true, true, true]);
  t.strictSame(list(`-A INPUT -p icmp --icmp-type 3/3 ${LIMIT} -j DROP`), [true, true, true]);
  t.strictSame(list(`-A INPUT -p icmp ! --icmp-type 3/3 ${LIMIT} -j DROP`), [true, true, true]);
});

t.test('a limit does not count that decides what is logged alone', async (t) => {
  t.strictSame(list(`-A INPUT ${LIMIT} -j LOG`), [false, false, false]);
  t.strictSame(list('-N A', `-A INPUT ${LIMIT} -j A`, `-A A -p tcp ${LIMIT} -j RETURN`, '-A A -j LOG'), [false, false, false]);
  t.strictSame(list('-N A', '-N B', `-A INPUT ${LIMIT} -j A`, `-A A -j B`, '-A B -j LOG'), [false, false, false]);
});

t.test('a limit counts whose chain decides, ends the way or remembers', async (t) => {
  for (const rules of [
    ['-N A', `-A INPUT ${LIMIT} -j A`, '-A A -j LOG', '-A A -p tcp -j DROP'],
    ['-N A', `-A INPUT ${LIMIT} -j A`, '-A A -j MARK --set-mark 1'],
    ['-N A', `-A INPUT ${LIMIT} -g A`, '-A A -j LOG'],
    [`-A INPUT ${LIMIT} -j RETURN`],
    ['-N A', `-A INPUT ${LIMIT} -j A`, '-A A -m recent --set --name r'],
    ['-N A', '-A INPUT -j A', `-A A ${LIMIT} -j RETURN`, '-A A -p udp -j DROP'],
  ]) {
    t.strictSame(list(...rules), [true, true, true], rules.join('; '));
  }
});

t.test('beside lo, a router sends errors from its own address, and neighbours are searched', async (t) => {
  const listBoth = (rule: string) => listMemories({ ...ROUTER, rules: [rule] }).map((own) => own.length > 0);
  t.strictSame(listBoth(`-A OUTPUT -s 192.0.2.1 -p icmp ${LIMIT} -j ACCEPT`), [true, false]);
  t.strictSame(listBoth(`-A OUTPUT -d 192.0.2.8 -p icmp ${LIMIT} -j ACCEPT`), [false, false], 'to another than the client or the server');
  t.strictSame(listBoth(`ip6tables -A INPUT -p ipv6-icmp --icmpv6-type 135 ${LIMIT} -j DROP`), [false, true]);
  t.strictSame(listBoth(`ip6tables -A INPUT -p ipv6-icmp --icmpv6-type 128 ${LIMIT} -j DROP`), [false, false]);
});

t.test('connection tracking knows a flow from the same port to the same end, in either direction', async (t) => {
  const clients = { c: { address: '127.0.0.1', port: 5000 }, back: { address: '127.0.0.2', port: 53 }, any: '127.0.0.1' };
  const probe = (from: string, to: string) => ({ from, to, expect: 'closed' });
  const [first, back, ...others] = listMemories({
    clients,
    rules: [],
    probes: [
      probe('c', 'udp://127.0.0.2:53'),
      probe('back', 'udp://127.0.0.1:5000'),
      ...[probe('c', 'udp://127.0.0.2:54'), probe('c', 'tcp://127.0.0.2:53'), probe('any', 'udp://127.0.0.2:53')],
    ],
  });
  t.equal(first?.length, 1);
  t.strictSame(back, first);
  t.notOk(others.some((own) => own[0] === first?.[0]));
});
