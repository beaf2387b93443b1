// What each packet of a probe was asked, and why a rule did not match.
import t from 'tap';
import type { Asked } from '../../src/predict/chains/asked.js';
import { trace } from '../../src/predict/predict.js';
import { makeQuestion } from './question.js';

function tell({ table, chain, entry, state, answer }: Asked): string {
  const place = `${table} ${chain} ${entry} ${state}`;
  switch (answer.kind) {
    case 'matched':
      return `${place}: matched`;
    case 'missed':
      return `${place}: wants ${answer.by.wants}, has ${answer.by.has}`;
    case 'guessed':
      return `${place}: ${answer.what} is not known`;
  }
}

function traceAll(rules: string[], asked?: Parameters<typeof makeQuestion>[1]) {
  const { ways, unentered } = trace(makeQuestion(rules, asked));
  return {
    packets: ways.map(({ questions }) => questions?.asked.map(tell)),
    passed: ways.map(({ questions }) => questions?.passed),
    unentered,
  };
}

t.test('a rule that does not match: its first option that the packet does not meet, and what the packet has', async (t) => {
  const rules = {
    '-A INPUT -d 127.0.0.3 -p tcp --dport 80 -j DROP': 'wants -d 127.0.0.3, has 127.0.0.2',
    '-A INPUT ! -s 127.0.0.0/8 -j DROP': 'wants ! -s 127.0.0.0/8, has 127.0.0.1',
    '-A INPUT -i eth0 -j DROP': 'wants -i eth0, has lo',
    '-A INPUT -p udp --dport 80 -j DROP': 'wants -p udp, has tcp',
    '-A INPUT -p tcp --dport 443 -j DROP': 'wants --dport 443, has 80',
    '-A INPUT -p tcp -m multiport --dports 22,443 -j DROP': 'wants --dports 22,443, has 80',
    '-A INPUT -p tcp --tcp-flags SYN,ACK ACK -j DROP': 'wants --tcp-flags SYN,ACK ACK, has SYN',
    '-A INPUT -p tcp -m conntrack --ctstate RELATED,ESTABLISHED -j DROP': 'wants --ctstate RELATED,ESTABLISHED, has NEW',
    '-A INPUT -m mark --mark 1 -j DROP': 'wants --mark 0x1, has 0x0',
    '-A INPUT -m addrtype --dst-type BROADCAST -j DROP': 'wants --dst-type BROADCAST, has 127.0.0.2 (LOCAL)',
    '-A INPUT -m iprange --src-range 127.0.0.8-127.0.0.9 -j DROP': 'wants --src-range 127.0.0.8-127.0.0.9, has 127.0.0.1',
    '-A INPUT -m policy --dir in --pol ipsec -j DROP': 'wants -m policy --dir in --pol ipsec, has null',
    '-A INPUT -f -j DROP': 'wants -f, has ',
    '-A INPUT -m cpu --cpu 0 -j LOG': 'cpu is not known',
    '-A INPUT -m comment --comment x -p tcp': 'matched',
  };
  const { packets } = traceAll(Object.keys(rules));
  t.strictSame(
    packets[0],
    Object.values(rules).map((expected, index) => `filter INPUT ${index} NEW: ${expected}`),
  );
});

t.test('an option of a packet that is sent: it has no incoming interface', async (t) => {
  const { packets } = traceAll(['-A OUTPUT -m owner --uid-owner 8 -j DROP', '-A OUTPUT -o eth+ -j DROP']);
  t.strictSame(packets[0], ['filter OUTPUT 0 null: wants --uid-owner 8, has 7', 'filter OUTPUT 1 null: wants -o eth+, has lo']);
});

t.test('the rules after the one that ended the packet are not asked; its answers follow', async (t) => {
  const { packets, unentered } = traceAll([
    '-N sub',
    '-A sub -p tcp -j RETURN',
    '-A INPUT -d 127.0.0.2 -j sub',
    '-A INPUT -p tcp --dport 80 -j REJECT',
    '-A INPUT -m state --state RELATED -j ACCEPT',
    '-A FORWARD -j DROP',
  ]);
  t.strictSame(packets, [
    ['filter INPUT 2 NEW: matched', 'filter sub 1 NEW: matched', 'filter INPUT 3 NEW: matched'],
    [
      'filter INPUT 2 RELATED: wants -d 127.0.0.2, has 127.0.0.1',
      'filter INPUT 3 RELATED: wants -p tcp, has icmp',
      'filter INPUT 4 RELATED: matched',
    ],
  ]);
  t.strictSame(unentered, ['filter FORWARD']);
});

t.test('table nat is not asked about the later packets of a flow', async (t) => {
  const { packets, passed, unentered } = traceAll(
    ['-t nat -A PREROUTING -p udp -j REDIRECT --to-ports 81', '-t nat -A OUTPUT -p udp --dport 53 -j REDIRECT --to-ports 80'],
    { protocol: 'udp', to: '127.0.0.1', port: 53 },
  );
  t.strictSame(packets, [['nat OUTPUT 1 NEW: matched'], []]);
  t.strictSame(passed[1], [
    { hook: 'output', chain: 'nat OUTPUT' },
    { hook: 'prerouting', chain: 'nat PREROUTING' },
  ]);
  t.strictSame(unentered, ['nat PREROUTING']);
});
