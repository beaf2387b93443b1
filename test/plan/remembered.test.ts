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

/** For each probe, whether a rule may remember something of it. */
function list(...rules: string[]): boolean[] {
  const [scenario] = parseScenarios(JSON.stringify({ name: 'memories', rules, probes: PROBES }), 'scenario.json').scenarios;
  return listProbeMemories(scenario!, makePlan(scenario!, 'nft', 'proof')).map((own) => own.length > 0);
}

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
