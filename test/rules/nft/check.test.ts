// What loopfw must not give to nft is found in the text, each with its place and reason; what is harmless is left to nft.
import t from 'tap';
import { checkNftText } from '../../../src/rules/nft/check.js';

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
  'names that only begin or end like a word': table('ip saddr @queue-1 jump my-include; jump queue_2; iifname { eth0.queue }'),
  'tables of every family':
    'table arp x {\n  chain i {\n    type filter hook input priority 0;\n    arp operation request arp saddr ip 192.0.2.5 arp saddr ether 02:00:00:00:00:01 drop\n  }\n}\n' +
    'table bridge x {\n  chain f {\n    type filter hook forward priority 0;\n    ibrname br0 ether type arp drop\n  }\n}\n' +
    'table netdev x {\n  chain i {\n    type filter hook ingress device lo priority 0;\n    vlan id 5 drop\n  }\n' +
    '  chain e { type filter hook egress devices = { eth0, lo } priority 0; policy drop; }\n}\ntable inet x { }\n' +
    'add table netdev y\nadd chain netdev y c { type filter hook ingress device lo priority 0; }\nadd rule netdev y c tcp dport 80 drop\n',
  'a mark of another kind, and what is behind it': table(
    'meta mark set ct mark drop\n    ct mark set meta mark accept\n    meta mark set ct mark and 0xff tcp dport ssh accept',
  ),
  'a proxy': table('tcp dport 80 tproxy ip to 127.0.0.1:8080 meta mark set 1 accept\n    meta l4proto tcp tproxy to :8080'),
  'chains that are called like hooks of devices': 'table ip x {\n  chain ingress {}\n  chain y { jump ingress; }\n}\n',
  'characters of any language and shape in comments and strings': table(
    'accept comment "größe \u2028\r\x1b" # größe 日本 👨‍💻 \u0645\u06cc\u200c',
  ),
  'a last line without a line feed, of which nft is asked': 'table ip x {} # here\nflush ruleset\n# end',
  'a definition that ends': 'define a = 1;',
  'comments, wherever they are': '# a\ntable ip x { # "b\n # c }\n  chain y { # d\n accept # e "\n # f\n } # g\n}\n',
};
for (const [name, text] of Object.entries(FINE)) {
  t.test(`fine: ${name}`, async (t) => t.strictSame(checkNftText(text), []));
}

const REFUSED: [string, string, string][] = [
  ['include', 'include "/etc/shadow"', '1:1 include is refused: it is no statement of its own'],
  ['include after a continued line', 'flush \\\nruleset; include "x"', '2:10 include is refused'],
  ['a mark of the trace', table('meta nftrace set 0'), '3:10 nftrace is refused: loopfw itself'],
  ['a queue', table('tcp dport 80 queue num 1'), '3:18 queue is refused: without a program'],
  ['a word that nft cuts off a number', table('tcp dport 80queue'), '3:15 queue is refused'],
  ['a queue in braces', table('tcp dport vmap {80:queue}'), '3:21 queue is refused'],
  ['a rule of iptables', table('tcp dport 80 xt match "recent" counter'), '3:21 xt match is refused: nft lists such a rule of iptables'],
  ['a target of iptables', table('xt target "TPROXY"'), '3:8 xt target is refused: '],
  ['a flowtable', 'table inet fw {\n  flowtable f { hook ingress priority 0; }\n}', '2:3 flowtable is refused'],
  ['ingress', 'table inet fw {\n  chain c { type filter hook ingress device lo priority 0; }\n}', '2:30 hook ingress is refused'],
  ['copies', table('dup to 127.0.0.9'), '3:5 dup is refused'],
  [
    'egress after a table of a device',
    'table netdev a {}\ntable inet fw {\n  chain c { type filter hook egress device lo priority 0; }\n}',
    '3:30 hook egress is refused',
  ],
  [
    'packets that go round for ever',
    'table netdev a {\n  chain c {\n    fwd to lo\n  }\n}\n',
    '3:5 fwd is refused: one packet can go round',
  ],
  ['a host that asks by ARP', 'table arp x {\n chain c {\n  arp saddr ip myhost drop\n }\n}\n', '3:16 "myhost" is refused: host names'],
  ['a helper that is set', table('ct helper set "ftp"'), '3:8 ct helper is refused'],
  ['a helper that is declared', 'table inet fw {\n  ct helper f { type "ftp" protocol tcp; }\n}', '2:6 ct helper is refused'],
  ['the audit log', table('log level audit'), '3:15 level audit is refused'],
  ['a control group', table('socket cgroupv2 level 1 "a" accept'), '3:12 cgroupv2 is refused'],
  ['what never ends', 'monitor trace', '1:1 monitor is refused'],
  ["loopfw's own table", 'table inet loopfw_trace {}', '1:12 loopfw_trace is refused'],
  [
    'tables that the trace cannot tell apart',
    'table x {}\ntable inet x {}',
    "2:12 table inet x cannot be told from table ip x in the kernel's trace",
  ],
  ['the first of such tables', 'table x {}\ntable inet x {}', "1:7 table ip x cannot be told from table inet x in the kernel's trace"],
  ['a string without an end', 'table ip x {\n  comment "a\n}', '2:11 the string that begins here has no end'],
  ['a brace without an end', 'table ip x {', '1:12 the brace that opens here is never closed'],
  ['an end without a brace', 'table ip x {}\n}', '2:1 nothing opened what this brace closes'],
  ['a table that nft takes away', 'table ip x {\n  flags owner\n}', '2:9 flags owner is refused'],
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

const NAMES: [string, string, string][] = [
  ['a host', table('ip saddr myhost drop'), '3:14 "myhost" is refused: host names are not looked up, write the address'],
  ['a host as a string', table('ip saddr "myhost" drop'), '3:14 "myhost"'],
  ['a host that is called like what nft knows elsewhere', table('ip saddr local drop'), '3:14 "local"'],
  ['a host with an asterisk', table('ip saddr my* drop'), '3:14 "my*"'],
  ['a host that looks like an address', table('ip saddr 999.9.9.9 drop'), '3:14 "999.9.9.9"'],
  ['a host that looks like a hardware address', table('ip6 saddr aa:bb:cc:dd:ee:ff drop'), '3:15 "aa:bb:cc:dd:ee:ff"'],
  ['a host that looks like a time', table('ip saddr 5s drop'), '3:14 "5s"'],
  ['a host in a range', table('ip saddr 127.0.0.1-myhost drop'), '3:14 "myhost"'],
  ['a host in a set', table('ip saddr { 127.0.0.1, myhost } drop'), '3:27 "myhost"'],
  ['a host in a concatenation', table('iifname . ip saddr { myhost . myhost } drop'), '3:35 "myhost"'],
  ['a host in a map to verdicts', table('ip saddr . tcp dport vmap { myhost . 80 : drop }'), '3:33 "myhost"'],
  ['a host behind a mask', table('ip saddr & myhost == 127.0.0.1 drop'), '3:16 "myhost"'],
  ['a host of a connection', table('ct original ip daddr myhost drop'), '3:26 "myhost"'],
  ['a host to go to', table('dnat ip to myhost:80'), '3:16 "myhost"'],
  ['a host that a map leads to', table('dnat ip to tcp dport map { 80 : myhost }'), '3:37 "myhost"'],
  ['a host in a definition', `define h = { myhost }\n${table('ip saddr $h drop')}`, '1:14 "myhost"'],
  ['a host in a definition of a definition', `define h = myhost\ndefine i = { $h }\n${table('ip saddr $i drop')}`, '1:12 "myhost"'],
  ['a host in a declared set', 'table ip x {\n set s { type ipv4_addr; elements = { myhost } ; }\n}\n', '2:39 "myhost"'],
  ['a host in a set by expression', 'table ip x {\n set s { typeof ip saddr; elements = { myhost } ; }\n}\n', '2:40 "myhost"'],
  ['a host that is added', 'table ip x {\n set s { type ipv4_addr; }\n}\nadd element x s { myhost }\n', '4:19 "myhost"'],
  ['a host that a rule adds', table('add @s { myhost }'), '3:14 "myhost" is refused: nft might look it up'],
  ['a host in a command', 'replace rule ip x y handle 5 ip saddr myhost drop\n', '1:39 "myhost"'],
  ['a user', table('meta skuid nobody drop'), '3:16 "nobody" is refused: users of the machine are not looked up, write the number'],
  ['a number as the name of a user', table('skuid "0" drop'), '3:11 "0" is refused: users'],
  ['a group', table('skgid shadow drop'), '3:11 "shadow" is refused: groups of the machine'],
  ['a service that few know', table('tcp dport myservice drop'), '3:15 "myservice" is refused: it is none of the services'],
  ['a service in a field of the payload', table('@th,16,16 ssh drop'), '3:15 "ssh" is refused: names are not looked up'],
  ['a protocol that few know', table('meta l4proto myproto drop'), '3:18 "myproto" is refused: it is none of the protocols'],
  ['a mark', table('meta mark set mymark'), '3:19 "mymark" is refused: names of marks'],
  ['a label', table('ct label mylabel drop'), '3:14 "mylabel" is refused: names of labels'],
  ['a realm', table('rt classid myrealm drop'), '3:16 "myrealm" is refused: names of realms'],
  ['a group of interfaces', table('iifgroup default drop'), '3:14 "default" is refused: names of groups of interfaces'],
  ['a word that we know nothing of', table('ip option lsrr addr myhost drop'), '3:25 "myhost" is refused: nft might look it up'],
];
for (const [name, text, expected] of NAMES) {
  t.test(`a name that is looked up: ${name}`, async (t) => {
    const [problem, ...more] = checkNftText(text);
    t.strictSame(more, []);
    t.ok(`${problem?.line}:${problem?.column} ${problem?.message}`.startsWith(expected), problem?.message ?? '');
  });
}

const RAW: [string, string, string][] = [
  // A comment ends at a line feed only, and so does what hides behind a quote in it.
  ['an include behind a carriage return in a comment', '#\r"\ninclude "/etc/hostname"\n# "\n', '2:1 include'],
  ['an include behind U+2028 in a comment', '#\u2028"\ninclude "/etc/hostname"\n# "\n', '2:1 include'],
  ['copies by a device', '#\r"\ntable netdev n { chain o { dup to lo; }\n}\n# "\n', '2:28 dup'],
  ['a mark of the trace', '#\r"\ntable ip y { chain o { meta nftrace set 0; }\n}\n# "\n', '2:29 nftrace'],
  ['a helper', '#\r"\ntable ip y {\n ct helper f {\n  type "ftp" protocol tcp\n }\n}\n# "\n', '3:5 ct helper'],
  // A line that holds only a comment is nothing, not even an end of the statement.
  ['words that a line with a comment only parts', table('ct \\\n  # and\n  helper set "f"'), '5:3 ct helper'],
  ['words that a comment line without blanks parts', table('ct \\\n#\n#\nhelper set "f"'), '6:1 ct helper'],
  // A number, an address and a time end where nft ends them.
  ...['0x50', '5s', '1d2h3m4s5ms', '8021q', '::f', '1::1.2.3.4', 'aa:bb:cc:dd:ee:ff', '[::1]', 'eth*', '1:f-', '=='].map(
    (glued): [string, string, string] => [`a queue behind ${glued}`, table(`${glued}queue`), '3:5 queue'],
  ),
  ['a helper that is set behind a number', table('tcp dport 80ct helper set "f"'), '3:20 ct helper'],
  ['a helper whose declaration is hidden in a chain', table('x { }\n  type "ftp" protocol tcp;'), '4:8 ct helper'],
  ['an audit log as a string', table('log level "audit"'), '3:15 level audit'],
];
for (const [name, text, expected] of RAW) {
  t.test(`seen as nft sees it: ${name}`, async (t) => {
    const problems = checkNftText(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
    t.ok(
      problems.some((problem) => problem.startsWith(`${expected} is refused`)),
      problems.join('\n'),
    );
  });
}

const CHARACTERS: [string, string, string][] = [
  ['a carriage return in a comment', 'table ip x {} #\r"\n', '1:16 U+000D (carriage return) in a comment'],
  ['a carriage return between words', 'table ip\rx {}\n', '1:9 U+000D (carriage return) outside a string'],
  ['a line separator', '\n#\u2028\n', '2:2 U+2028 (line separator) in a comment'],
  ['a paragraph separator', '#\u2029\n', '1:2 U+2029 (paragraph separator) in a comment'],
  ['a form feed', 'table\fip x {}', '1:6 U+000C (form feed) outside a string'],
  ['a vertical tab', 'table\vip x {}', '1:6 U+000B (vertical tab) outside a string'],
  ['a NUL', 'table ip x\0y {}', '1:11 U+0000 (NUL) outside a string'],
  ['a NUL in a comment', '#\0\n', '1:2 U+0000 (NUL) in a comment'],
  ['a NUL in a string', table('accept comment "a\n\0b"'), '4:1 U+0000 (NUL) in a string'],
  ['a next line', '# \x85\n', '1:3 U+0085 (next line) in a comment'],
  ['a byte order mark', '\ufefftable ip x {}', '1:1 U+FEFF (byte order mark) outside a string'],
  ['a no-break space', 'table\xa0ip x {}', '1:6 U+00A0 (no-break space) outside a string'],
  ['a letter that nft does not know', 'table ip grün {}', '1:12 U+00FC outside a string'],
  ['what turns the direction of a line', '# \u202e\n', '1:3 U+202E in a comment'],
  ['an escape, several times', '# \x1b\n# \x1b\n', '1:3 U+001B (escape) in a comment'],
];
for (const [name, text, expected] of CHARACTERS) {
  t.test(`a character that is refused: ${name}`, async (t) => {
    const problems = checkNftText(text).map(({ line, column, message }) => `${line}:${column} ${message}`);
    t.equal(problems.length, 1);
    t.ok(problems[0]?.startsWith(`${expected} is refused`), problems.join('\n'));
  });
}

t.test('a file of Windows has one problem, which says what to do', async (t) => {
  const problems = checkNftText(`# a\n${table('drop # b').replaceAll('\n', '\r\n')}`);
  t.equal(problems.length, 1);
  t.match(problems[0], {
    line: 2,
    column: 16,
    message: /^U\+000D \(carriage return\) before a line feed .* dos2unix \(5 of them; this is the first\)$/,
  });
});

t.test('all problems are told, in their order', async (t) => {
  const problems = checkNftText(`include "a"\n${table('queue\n    meta nftrace set 1')}table netdev x { flow; }`);
  t.strictSame(
    problems.map(({ line, column }) => `${line}:${column}`),
    ['1:1', '4:5', '5:10', '8:18'],
  );
});
