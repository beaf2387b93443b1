// What loopfw must not give to nft is found in the text, each with its place and reason; what is harmless is left to nft.
import t from 'tap';
import { checkNftText } from '../../src/rules/check-nft-text.js';

const table = (statements: string) => `table inet fw {\n  chain c {\n    ${statements}\n  }\n}\n`;

const FINE: Record<string, string> = {
  nothing: '',
  'a script with variables, sets, maps and comments': `#!/usr/sbin/nft -f
flush ruleset # include "x" queue
define WEB = { 80, 443 }
table inet filter {
  set bad { type ipv4_addr; elements = { 127.0.0.5 } }
  map m { type inet_service : verdict; elements = { 80 : jump web } }
  counter seen { comment "queue; include } {" }
  chain web { counter name "seen" accept; }
  chain input {
    type filter hook input priority filter; policy drop;
    tcp dport $WEB vmap @m comment "nftrace"
    ip saddr @bad log prefix "queue: " reject \\
      with icmp host-unreachable
    ct helper "ftp" accept
  }
}`,
  'one name in families that do not meet': 'table ip x {}\ntable ip6 x {}\nadd table ip x\ndelete table ip x',
  commands:
    'add table ip filter\nadd chain ip filter input { type filter hook input priority 0; }\nadd rule ip filter input tcp dport { 80, 81 } drop',
  'names that only begin or end like a word': table('ip saddr @queue-1 jump my-include; jump queue_2'),
};
for (const [name, text] of Object.entries(FINE)) {
  t.test(`fine: ${name}`, async (t) => t.strictSame(checkNftText(text), []));
}

const REFUSED: [string, string, string][] = [
  ['include', 'include "/etc/shadow"', '1:1 include is refused: it reads files of the machine'],
  ['include after a continued line', 'flush \\\nruleset; include "x"', '2:10 include is refused'],
  ['a mark of the trace', table('meta nftrace set 0'), '3:10 nftrace is refused: loopfw itself'],
  ['a queue', table('tcp dport 80 queue num 1'), '3:18 queue is refused: without a program'],
  ['a word that nft cuts off a number', table('tcp dport 80queue'), '3:15 queue is refused'],
  ['a queue in braces', table('tcp dport vmap {80:queue}'), '3:21 queue is refused'],
  ['a flowtable', 'table inet fw {\n  flowtable f { hook ingress priority 0; }\n}', '2:3 flowtable is refused'],
  ['ingress', 'table inet fw {\n  chain c { type filter hook ingress device lo priority 0; }\n}', '2:30 ingress is refused'],
  ['copies', table('dup to 127.0.0.9'), '3:5 dup is refused'],
  ['a proxy', table('tcp dport 80 tproxy to :8080'), '3:18 tproxy is refused'],
  ['a helper that is set', table('ct helper set "ftp"'), '3:8 ct helper is refused'],
  ['a helper that is declared', 'table inet fw {\n  ct helper f { type "ftp" protocol tcp; }\n}', '2:6 ct helper is refused'],
  ['the audit log', table('log level audit'), '3:15 log level audit is refused'],
  ['a control group', table('socket cgroupv2 level 1 "a" accept'), '3:12 cgroupv2 is refused'],
  ['what never ends', 'monitor trace', '1:1 monitor is refused'],
  ["loopfw's own table", 'table inet loopfw_trace {}', '1:12 loopfw_trace is refused'],
  ['a table of another family', 'table arp x {}', '1:11 a table of family arp is refused'],
  ['a table of another family, added', 'add table bridge x', '1:18 a table of family bridge is refused'],
  [
    'tables that the trace cannot tell apart',
    'table x {}\ntable inet x {}',
    "2:12 table inet x cannot be told from table ip x in the kernel's trace",
  ],
  ['a string without an end', 'table ip x {\n  comment "a\n}', '2:11 the string that begins here has no end'],
  ['a brace without an end', 'table ip x {', '1:12 the brace that opens here is never closed'],
  ['an end without a brace', 'table ip x {}\n}', '2:1 nothing opened what this brace closes'],
  ['a NUL', 'table ip x\0y {}', '1:10 what begins here has the control character U+0000'],
];
for (const [name, text, expected] of REFUSED) {
  t.test(`refused: ${name}`, async (t) => {
    const problems = checkNftText(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
    t.ok(
      problems.some((problem) => problem.startsWith(expected)),
      problems.join('\n'),
    );
  });
}

t.test('all problems are told, in their order', async (t) => {
  const problems = checkNftText(`include "a"\n${table('queue\n    meta nftrace set 1')}table netdev x {}`);
  t.strictSame(
    problems.map(({ line, column }) => `${line}:${column}`),
    ['1:1', '4:5', '5:10', '8:7'],
  );
});
