// IPv4 against IPv6 in the rule set of one machine.
import { join } from 'node:path';
import t from 'tap';
import type { Diff } from '../../../src/model/insight/diff.js';
import { readDiff } from '../../support/diff.js';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

/** `CLASS CLIENT · CLIENT SERVICE`, each once. */
function listRows({ changes }: Diff): string[] {
  const rows = changes.map(
    ({ class: own, packet, packetAfter }) => `${own} ${packet.from} · ${packetAfter?.from} ${packet.port}/${packet.protocol}`,
  );
  return [...new Set(rows)];
}

t.test('a host that is blocked on IPv4 alone', async (t) => {
  const files = ['v4', 'v6'].map((end) => join(ROOT, `scenarios/rule-sets/ufw-server.rules.${end}`));
  const ended = await loopfw(['diff', '--families', '-r', 'json', ...files]);
  t.equal(ended.exitCode, 1, ended.stderr);
  const diff = readDiff(ended);
  t.match(diff, { compares: 'families', scenario: null, before: files, after: files, disagreements: [] });
  const rows = listRows(diff);
  for (const port of ['22/tcp', '80/tcp', '53/udp']) {
    t.ok(rows.includes(`access-gained 203.0.113.66 · 2001:db8:9::9 ${port}`), rows.join('\n'));
  }
  t.strictSame(
    rows.filter((row) => row.includes('203.0.113.9 · 2001:db8:9::9')),
    ['access-lost 203.0.113.9 · 2001:db8:9::9 68/udp'],
    'strangers see the same, but for the answers of DHCP, which has other ports on IPv6',
  );
});

const NFT = `table inet filter {
\tset blocked4 {
\t\ttype ipv4_addr
\t\telements = { 203.0.113.66, 203.0.113.67 }
\t}
\tset blocked6 {
\t\ttype ipv6_addr
\t\telements = { 2001:db8:66::66 }
\t}
\tchain input {
\t\ttype filter hook input priority filter; policy drop;
\t\tiif lo accept
\t\tmeta l4proto ipv6-icmp icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
\t\tip saddr @blocked4 drop
\t\tip6 saddr @blocked6 tcp dport 22 drop
\t\tip saddr 198.51.100.0/24 tcp dport 9100 accept comment "metrics of the office"
\t\tip6 saddr 2001:db8:abcd::/48 tcp dport 9100 accept comment "metrics of the office"
\t\ttcp dport { 22, 80 } accept
\t}
}
`;

t.test('addresses of one name in one nft file', async (t) => {
  const folder = t.testdir({ 'rules.nft': NFT, 'server.json': '{"name":"x","probes":[]}' });
  const json = await loopfw(['diff', '--families', '-r', 'json', 'rules.nft'], { cwd: folder });
  t.equal(json.exitCode, 1, json.stderr);
  const diff = readDiff(json);
  t.strictSame(diff.disagreements, []);
  t.strictSame(listRows(diff), ['access-gained 203.0.113.66 · 2001:db8:66::66 80/tcp'], 'the set of IPv6 is asked for one port alone');
  const human = await loopfw(['diff', '--families', 'rules.nft', '--interface', 'eth0=192.0.2.10/24'], { cwd: folder });
  const table = human.stdout.slice(0, human.stdout.indexOf('\n    ')).replaceAll(/ +/g, ' ');
  t.equal(
    table,
    `open for IPv6, not for IPv4
 from to IPv4 IPv6
 203.0.113.66 eth0 · 2001:db8:66::66 eth0 192.0.2.10:80/tcp · [2001:db8::1]:80/tcp dropped by rules.nft:14 connected by rules.nft:18`,
  );
  t.match(human.stdout, /^2 of \d+ kinds of packets differ \(\d+ packets compared, \d+ proved on the kernel, [\d.]+ s\)$/m);
  for (const [args, message] of [
    [['rules.nft', '--after', 'rules.nft'], '--families compares IPv4 with IPv6 in one rule set'],
    [['rules.nft', '--rules'], 'leave out --rules'],
    [['server.json'], 'server.json is a scenario: give the files of its rule set'],
  ] as const) {
    const { exitCode, stderr } = await loopfw(['diff', '--families', ...args], { cwd: folder });
    t.equal(exitCode, 2);
    t.ok(stderr.includes(message), stderr);
  }
});
