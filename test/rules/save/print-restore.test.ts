import t from 'tap';
import { layOutChains } from '../../../src/rules/chains/layout.js';
import { TRACING_ON_INTERFACES, TRACE_RULES_ON_LO } from '../../../src/rules/chains/own-rules.js';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';
import { printRule } from '../../../src/rules/rule/print.js';
import { printRestore } from '../../../src/rules/save/print-restore.js';

const TEXTS = [
  '-N web',
  '-A INPUT -p tcp --dport 80 -j web',
  '-I INPUT 1 -s 127.0.0.1,127.0.0.2 -j DROP',
  '-A web -m comment --comment "say \\"hi\\"" -j REJECT',
  '-P INPUT DROP',
  '-P FORWARD DROP',
  '-P FORWARD ACCEPT',
  '-t nat -P OUTPUT ACCEPT',
  '-t raw -I OUTPUT -j ACCEPT',
];
const entries = TEXTS.map(parseRuleText);

t.test('iptables-restore text', async (t) => {
  t.equal(
    printRestore(entries, 'ipv4', TRACE_RULES_ON_LO),
    `*raw
-I OUTPUT 1 -j ACCEPT
-I OUTPUT 1 -j TRACE
COMMIT
*filter
:INPUT DROP [0:0]
:web - [0:0]
-A INPUT -p tcp -m tcp --dport 80 -j web
-I INPUT 1 -s 127.0.0.1/32 -j DROP
-I INPUT 1 -s 127.0.0.2/32 -j DROP
-A web -m comment --comment "say \\"hi\\"" -j REJECT --reject-with icmp-port-unreachable
COMMIT
`,
  );
  t.equal(printRestore([], 'ipv4', []), '');
  t.equal(printRestore([], 'ipv4', TRACE_RULES_ON_LO), '*raw\n-I OUTPUT 1 -j TRACE\nCOMMIT\n');
  t.equal(
    printRestore([parseRuleText('-t mangle -I INPUT -j ACCEPT')], 'ipv4', TRACING_ON_INTERFACES),
    '*raw\n-I OUTPUT 1 -j TRACE\n-I PREROUTING 1 -j TRACE\nCOMMIT\n*mangle\n-I INPUT 1 -j ACCEPT\n-I INPUT 1\n-I FORWARD 1\nCOMMIT\n',
  );
  t.equal(printRestore([parseRuleText('-P INPUT ACCEPT')], 'ipv4', []), '');
  t.equal(printRestore([parseRuleText('-N web')], 'ipv4', []), '*filter\n:web - [0:0]\nCOMMIT\n');
});

t.test('what the kernel must hold', async (t) => {
  const chains = layOutChains(
    entries.map((entry, index) => ({ index, text: TEXTS[index] ?? '', entries: [entry] })),
    'ipv4',
    TRACE_RULES_ON_LO,
  );
  t.strictSame(
    chains.map(({ table, name, policy, lines }) => ({
      table,
      name,
      policy,
      lines: lines.map(({ entry, rule }) => [entry, printRule(rule)]),
    })),
    [
      {
        table: 'raw',
        name: 'OUTPUT',
        policy: { verdict: 'ACCEPT', entry: null },
        lines: [
          [null, '-j TRACE'],
          [8, '-j ACCEPT'],
        ],
      },
      { table: 'nat', name: 'OUTPUT', policy: { verdict: 'ACCEPT', entry: 7 }, lines: [] },
      {
        table: 'filter',
        name: 'INPUT',
        policy: { verdict: 'DROP', entry: 4 },
        lines: [
          [2, '-s 127.0.0.2/32 -j DROP'],
          [2, '-s 127.0.0.1/32 -j DROP'],
          [1, '-p tcp -m tcp --dport 80 -j web'],
        ],
      },
      { table: 'filter', name: 'FORWARD', policy: { verdict: 'ACCEPT', entry: 6 }, lines: [] },
      {
        table: 'filter',
        name: 'web',
        policy: null,
        lines: [[3, '-m comment --comment "say \\"hi\\"" -j REJECT --reject-with icmp-port-unreachable']],
      },
    ],
  );
});
