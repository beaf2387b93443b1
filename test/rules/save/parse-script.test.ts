// Shell scripts of plain iptables lines, and what iptables -S writes.
import t from 'tap';
import { detectFormat, guessFamily } from '../../../src/rules/save/file-format.js';
import { parseScript } from '../../../src/rules/save/parse-script.js';

const SCRIPT = String.raw`#!/bin/bash
# a firewall
set -e
PATH=/sbin:/usr/sbin
export LANG=C

iptables -A INPUT -j DROP
iptables -F; iptables -X && iptables -Z
/sbin/iptables -P INPUT DROP
iptables -N web   # made here
sudo /usr/sbin/iptables -w -A INPUT -p tcp \
  --dport 80 -j web
iptables -A web -s 192.0.2.9/24 -m comment --comment 'web "ok"; $HOME' -j ACCEPT
ip6tables-legacy -A INPUT -p tcp --dport 81 -m comment --comment six -j REJECT
iptables-nft -t nat -I OUTPUT -d 192.0.2.9 -p tcp -j DNAT --to-destination "192.0.2.10:80"
ip6tables -t nat -A PREROUTING -p tcp -j DNAT --to-destination [2001:db8::1]:80
iptables -nvL
exit 0
a line that no shell would read: $x
`;

t.test('a script: comments, quotes, joined lines, sudo and paths', async (t) => {
  const { rules, problems, flushes } = parseScript(SCRIPT, 'ipv4', 'fw.sh');
  t.strictSame(problems, []);
  t.strictSame(
    rules.map(({ index, name, line, backend, text }) => [index, name, line, backend, text]),
    [
      [null, null, 9, null, '-P INPUT DROP'],
      [null, null, 10, null, '-N web'],
      [0, null, 11, null, '-w -A INPUT -p tcp --dport 80 -j web'],
      [1, null, 13, null, `-A web -s 192.0.2.9/24 -m comment --comment 'web "ok"; $HOME' -j ACCEPT`],
      [2, 'six', 14, 'legacy', 'ip6tables-legacy -A INPUT -p tcp --dport 81 -m comment --comment six -j REJECT'],
      [3, null, 15, 'nft', 'iptables-nft -t nat -I OUTPUT -d 192.0.2.9 -p tcp -j DNAT --to-destination 192.0.2.10:80'],
      [4, null, 16, null, 'ip6tables -t nat -A PREROUTING -p tcp -j DNAT --to-destination "[2001:db8::1]:80"'],
    ],
  );
  t.strictSame(
    rules.flatMap(({ entries }) => entries.map(({ family, table }) => `${family} ${table}`)),
    ['ipv4 filter', 'ipv4 filter', 'ipv4 filter', 'ipv4 filter', 'ipv6 filter', 'ipv4 nat', 'ipv6 nat'],
  );
  t.match(flushes, [
    { line: 8, of: 'rules', table: 'filter', chain: null },
    { line: 8, of: 'chains', table: 'filter', chain: null },
  ]);
});

t.test('what only a shell could do, each at its place', async (t) => {
  const tell = (text: string) =>
    parseScript(text, 'ipv4', 'fw.sh').problems.map(({ line, column, message }) => `${line}:${column ?? 1} ${message}`);
  const rows: [string, RegExp][] = [
    ['IPT=/sbin/iptables\n$IPT -A INPUT -j DROP', /^2:1 the variable \$IPT is not replaced: write the value here$/],
    ['iptables -A INPUT -i "${WAN}" -j DROP', /^1:23 the variable \$WAN is not replaced/],
    ['iptables -A INPUT \\\n -s $(hostname -I) -j DROP', /^2:5 \$\(…\) is the output of a command/],
    ['iptables -A INPUT -s `hostname` -j DROP', /^1:22 `…` is the output of a command/],
    ['for port in 22 80\ndo\niptables -P INPUT DROP\ndone', /^1:1 "for" begins a loop/],
    ['if true; then iptables -A INPUT -j DROP; fi', /^1:1 "if" begins a condition/],
    ['block() {\n}', /^1:6 \( is a subshell or a function/],
    ['iptables -A INPUT -j DROP | cat', /^1:27 \| is a pipe/],
    ['iptables-restore < rules.v4', /^1:18 < is a redirection, and loopfw runs no shell: leave it out$/],
    ['iptables -A INPUT -j DROP 2>/dev/null', /^1:28 > is a redirection, .*: leave it out$/],
    ['iptables -A INPUT -j DROP || true', /^1:27 \| is a command for a failure/],
    ['iptables-save', /^1:1 "iptables-save" is no iptables command, .*: leave the line out/],
    ['echo 1 > /proc/sys/net/ipv4/ip_forward', /^1:8 > .*: write "sysctl": \{ "net\.ipv4\.ip_forward": 1 \} in the scenario/],
    ['iptables-restore rules.v4', /^1:1 "iptables-restore" is no iptables command, .*: name the file that it reads in "ruleset"$/],
    ['modprobe ip_tables', /^1:1 "modprobe" is no iptables command, .*: leave the line out$/],
    ['/usr/sbin/ipset create a hash:ip', /^1:1 ".*ipset" is no iptables command, .* in the "ipsets" of the scenario$/],
    ['nft add table ip x', /^1:1 "nft" is no iptables command, .*: write its rules to a file of their own/],
    ['ip route add default via 192.0.2.1', /^1:1 "ip" is no iptables command, .*"routes"/],
    ['sysctl -w net.ipv4.ip_forward=1', /^1:1 "sysctl" is no iptables command, .* sysctls are in the "sysctl"/],
    ['iptables -A INPUT -m comment --comment "x\n', /^1:40 unclosed "$/],
    ["iptables -A INPUT -m comment --comment 'x\n", /^1:40 unclosed '$/],
    ['iptables -A INPUT -p tcp --dport {22,80} -j DROP', /^1:34 \{ is a group or a list in braces/],
    ['iptables -D INPUT 1', /^1:1 .*start from empty chains/],
    ['iptables -A INPUT -m comment --comment "a\nb" -j DROP', /^1:1 control character .* in a rule$/],
  ];
  for (const [text, message] of rows) {
    const [found, ...more] = tell(text);
    t.match(found, message, text);
    t.equal(more.filter((other) => !other.includes('}')).length, 0, text);
  }
});

t.test('-F removes rules and -X removes chains, of their own table and family', async (t) => {
  const show = (...lines: string[]) => parseScript(lines.join('\n'), 'ipv4', 'x').rules.map(({ index, text }) => `${index} ${text}`);
  const lines = ['iptables -N a', 'iptables -A a -j DROP', 'iptables -A INPUT -j a', 'ip6tables -A INPUT -j DROP'];
  t.strictSame(show(...lines, 'iptables -F a'), ['null -N a', '0 -A INPUT -j a', '1 ip6tables -A INPUT -j DROP']);
  t.strictSame(show(...lines, 'iptables -F', 'iptables -X'), ['0 ip6tables -A INPUT -j DROP']);
  t.strictSame(show(...lines, 'iptables -t nat -F').length, 4);
  t.strictSame(show(...lines, 'iptables -F --table=nat').length, 4);
  t.strictSame(show(...lines, 'iptables -tnat -F').length, 4);
  const named = lines.map((line) => line.replace(/tables/, 'tables-nft'));
  t.strictSame(show(...named, 'iptables-legacy -F').length, 4, 'of another back end');
  t.strictSame(show(...named, 'iptables-nft -w 5 -F', 'iptables-nft -X').length, 1);
});

t.test('a rule with the letters of another command is a rule', async (t) => {
  const rules = [
    'iptables -A INPUT -m comment --comment -F -j DROP',
    'iptables -A INPUT -m comment --comment -X -j DROP',
    'iptables -A INPUT -m comment --comment -L -j DROP',
    'iptables -A INPUT -m comment --comment=-Z -j DROP',
    'iptables -N constructor',
    'iptables -A constructor -j DROP',
    'iptables -I INPUT -j constructor',
  ];
  const { rules: read, problems, flushes } = parseScript(rules.join('\n'), 'ipv4', 'x');
  t.strictSame([problems, flushes], [[], []]);
  t.equal(read.length, rules.length);
});

t.test('lists and counters change nothing', async (t) => {
  const lines = [
    'iptables -L',
    'iptables -nvL INPUT 1 --line-numbers',
    'iptables -t nat -S',
    'iptables -L -Z -w',
    'iptables -Z INPUT',
    'iptables -V',
  ];
  t.match(parseScript(lines.join('\n'), 'ipv4', 'x'), { rules: [], problems: [], flushes: [] });
});

t.test('what iptables refuses beside -F, -X, -Z and -L', async (t) => {
  const lines = ['-nvL INPUT -F', '-F -X', '-F -Z', '-A INPUT -L', '-F INPUT 1', '-F -j DROP', '-t filters -F', '-FINPUT'];
  for (const line of lines) {
    const { problems, rules } = parseScript(`iptables -A INPUT -j DROP\niptables ${line}`, 'ipv4', 'x');
    t.match(problems, [{ line: 2 }], line);
    t.equal(rules.length, 1, line);
  }
});

t.test('whether -F removes the rules of a program that names no back end is not known', async (t) => {
  for (const [first, second] of [
    ['iptables', 'iptables-nft'],
    ['iptables-legacy', 'iptables'],
  ]) {
    const { problems } = parseScript(`${first} -A INPUT -j DROP\n${second} -F INPUT`, 'ipv4', 'x');
    t.match(problems, [{ line: 2, message: /write iptables-nft or iptables-legacy in both/ }]);
  }
});

t.test('lines that a shell runs otherwise', async (t) => {
  const tell = (text: string) =>
    parseScript(text, 'ipv4', 'x').problems.map(({ line, column, message }) => `${line}:${column ?? 1} ${message}`);
  t.match(tell('#!/bin/sh\r\niptables -A INPUT -j DROP\r\niptables -A INPUT -j DROP\r\n'), [/^2:26 .*carriage return/], 'once');
  t.match(tell('set -en\niptables -A INPUT -j DROP'), [/^1:1 "set -en" makes the shell run nothing/]);
  t.match(tell('sudo exit\niptables -A INPUT -j DROP'), [/^1:1 "exit" is no iptables command/]);
  t.match(tell('constructor x'), [/^1:1 "constructor" is no iptables command/]);
  t.match(tell('iptables -A INPUT -j DROP;;iptables -A INPUT -j ACCEPT'), [/^1:27 a command is missing before ;/]);
  t.match(tell('iptables -A INPUT -j DROP\n&& iptables -A INPUT -j ACCEPT'), [/^2:1 a command is missing before &&/]);
  t.match(tell('iptables -A INPUT -j DROP\\'), [/^1:1 .*DROP\\/], 'a backslash that joins nothing');
  t.match(tell('iptables -A INPUT -m comment --comment ~root -j DROP'), [/^1:40 ~ is the folder of a user/]);
  t.strictSame(tell('iptables -A INPUT -m comment --comment a~b -j DROP ;\n\n# x\niptables -A INPUT -j DROP &&\niptables -L'), []);
  t.strictSame(tell('set -euo pipefail\niptables -A INPUT -j DROP'), []);
});

t.test('iptables -S tells the table by its built-in chains', async (t) => {
  const text = String.raw`-P INPUT DROP
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-N web
-A web -m comment --comment "a \"b\" $c" -j ACCEPT
-P PREROUTING ACCEPT
-P INPUT ACCEPT
-P OUTPUT ACCEPT
-P POSTROUTING ACCEPT
-A OUTPUT -p tcp -j REDIRECT
-P PREROUTING ACCEPT
-P OUTPUT ACCEPT
-A OUTPUT -p tcp -j NOTRACK
`;
  const { rules, problems } = parseScript(text, 'ipv6', 'x');
  t.strictSame(problems, []);
  t.strictSame(
    rules.filter(({ index }) => index !== null).map(({ entries: [entry], line }) => [line, entry?.family, entry?.table]),
    [
      [5, 'ipv6', 'filter'],
      [10, 'ipv6', 'nat'],
      [13, 'ipv6', 'raw'],
    ],
  );
});

t.test('iptables -S of the table security has the chains of filter', async (t) => {
  const policies = '-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n';
  const getTables = (text: string) => {
    const { rules, problems } = parseScript(text, 'ipv4', 'x');
    t.strictSame(problems, []);
    return rules.filter(({ index }) => index !== null).map(({ entries: [entry] }) => entry?.table);
  };
  const drop = '-A INPUT -p tcp -j DROP\n';
  const restore = '-A INPUT -j CONNSECMARK --restore\n';
  t.strictSame(getTables(`${policies}${drop}`), ['filter'], 'alone and without a word of security, it is taken for filter');
  t.strictSame(getTables(`${policies}${drop}${policies}${drop}`), ['filter', 'security'], 'the second listing');
  t.strictSame(getTables(`${policies}${restore}${drop}`), ['security', 'security'], 'a target that filter does not have');
  t.strictSame(getTables(`${policies}${restore}${policies}${drop}`), ['security', 'filter'], 'in any order');
});

t.test('the format of a script, and the family by the name of a file', async (t) => {
  const script = [
    '#!/bin/sh\n',
    '#!/usr/bin/env bash\n',
    'x=1\nsudo iptables -F',
    '$IPT -A INPUT -j DROP',
    '-P INPUT DROP',
    '/sbin/ip6tables -F',
  ];
  t.strictSame(
    script.map(detectFormat),
    script.map(() => 'iptables'),
  );
  t.equal(detectFormat('#!/usr/sbin/iptables-restore\n*filter\nCOMMIT'), 'iptables-save');
  t.equal(detectFormat('# iptables -A x\ntable ip x {'), 'nft');
  const names = ['rules.v6', 'a/ip6tables.rules', 'a/iptables-v6.up', 'v6/rules.v4', 'rules'];
  t.strictSame(
    names.map((name) => guessFamily('-A INPUT -j DROP', name)),
    ['ipv6', 'ipv6', 'ipv6', 'ipv4', 'ipv4'],
  );
  const remarks = [
    '# the rules for -p icmpv6 are elsewhere',
    '-A INPUT -m comment --comment "-p icmpv6 -s ::1" -j DROP',
    '# -s 2001:db8::1',
  ];
  const words = ['-A INPUT -p icmpv6 -j ACCEPT', '-A INPUT -p 58 -m icmp6 --icmpv6-type 1 -j ACCEPT', '-A INPUT ! -s ::1/128 -j DROP'];
  t.strictSame(
    [...remarks, ...words].map((line) => guessFamily(`*filter\n${line}\nCOMMIT\n`, 'rules')),
    [...['ipv4', 'ipv4', 'ipv4'], ...['ipv6', 'ipv6', 'ipv6']],
  );
  const guess = (writer: string, name: string) => guessFamily(`# Generated by ${writer} v1.8.2 on Fri\n*filter\nCOMMIT\n`, name);
  t.strictSame([guess('xtables-save', 'rules.v6'), guess('xtables-save', 'rules.v4')], ['ipv6', 'ipv4']);
  t.strictSame([guess('ip6tables-nft-save', 'rules'), guess('iptables-legacy-save', 'rules.v6')], ['ipv6', 'ipv4']);
});

t.test('TRACE is left out of a rule, which keeps its place', async (t) => {
  const { rules, problems } = parseScript('iptables -t raw -A OUTPUT -j TRACE\niptables -A INPUT -j DROP\n', 'ipv4', 'fw.sh');
  t.strictSame(problems, []);
  t.match(rules, [{ index: 0, text: '-t raw -A OUTPUT -j TRACE', entries: [{ rules: [{ target: null }] }] }, { index: 1 }]);
});
