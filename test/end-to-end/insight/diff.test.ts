// loopfw diff: its table, the world of a scenario, and its mistakes of usage.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { readDiff } from '../../support/diff.js';
import { loopfw, withoutTap } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const RULES = ['*filter', ':INPUT DROP [0:0]', '-A INPUT -i lo -j ACCEPT', '-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT'];

t.test('a table of what changed, access gained first, and what stands as a comment', async (t) => {
  const folder = t.testdir({
    'before.v4': [...RULES, '-A INPUT -p tcp -m tcp --dport 80 -m recent --set --name web -j ACCEPT', 'COMMIT', ''].join('\n'),
    'after.nft': `table ip filter {
\tchain INPUT {
\t\ttype filter hook input priority 0; policy drop;
\t\tiifname "lo" accept
\t\ttcp dport { 22, 443 } accept
\t\t# -t filter -A INPUT -p tcp -m tcp --dport 80 -m recent --set --name web -j ACCEPT
\t}
}
`,
  });
  const { stdout, stderr, exitCode } = await loopfw(['diff', 'before.v4', 'after.nft'], { cwd: folder });
  t.equal(exitCode, 1, stderr);
  const tables = stdout.slice(0, stdout.indexOf('\n\n', stdout.indexOf('access lost'))).replaceAll(/ +/g, ' ');
  t.equal(
    tables,
    `access gained
 from to before after
 203.0.113.9 eth0 192.0.2.1:443/tcp dropped by the policy of INPUT connected by after.nft:5
 after.nft:5 tcp dport { 22, 443 } accept

access lost
 from to before after
 203.0.113.9 eth0 192.0.2.1:80/tcp connected by before.v4:5 dropped by the policy of INPUT
 before.v4:5 -A INPUT -p tcp -m tcp --dport 80 -m recent --set --name web -j ACCEPT`,
  );
  const reports = ['-r', 'markdown=summary.md', '-r', 'html=page.html', '-r', 'github'];
  const { stdout: annotations } = await loopfw(['diff', ...reports, 'before.v4', 'after.nft'], { cwd: folder });
  t.match(annotations, /^::warning file=after\.nft,line=5,col=1,title=access gained/);
  t.match(readFileSync(join(folder, 'page.html'), 'utf8'), '<h2 class="access-gained">access gained</h2>');
  t.match(
    readFileSync(join(folder, 'summary.md'), 'utf8'),
    /^### access gained\n\n\| from \| to \| before \| after \|\n\|---\|---\|---\|---\|\n\| 203.+443.+connected by after.+nft:5<br><code>tcp dport .* accept<\/code> \|$/m,
  );
  t.match(stdout, /^4 of \d+ kinds of packets changed \(\d+ packets compared, \d+ proved on the kernel, [\d.]+ s\)$/m);
  t.match(stdout, /^not compared: what these rules do after earlier packets \(before\): before\.v4:5$/m);
  t.match(stdout, /^lost in translation\? after\.nft:6 stands as a comment: -t filter -A INPUT .*--name web -j ACCEPT$/m);
});

t.test('rules that do the same have no difference, and a file that is no rule set is a mistake', async (t) => {
  const folder = t.testdir({
    'before.v4': [...RULES, 'COMMIT', ''].join('\n'),
    'after.v4': [...RULES.slice(0, 2), ...RULES.slice(2).toReversed(), 'COMMIT', ''].join('\n'),
    'wrong.v4': '*filter\n-A INPUT -j NOWHERE\nCOMMIT\n',
    'same-port.v4': ['*filter', '-A INPUT -i lo -p tcp -m tcp --sport 443 --dport 443 -j DROP', 'COMMIT', ''].join('\n'),
    'empty.v4': ['*filter', ':INPUT ACCEPT [0:0]', 'COMMIT', ''].join('\n'),
  });
  const same = await loopfw(['diff', '-r', 'json', 'before.v4', 'after.v4'], { cwd: folder, ordinary: true });
  t.equal(same.exitCode, 0, same.stderr);
  const { changes, disagreements, kinds, proved } = readDiff(same);
  t.strictSame({ changes, disagreements }, { changes: [], disagreements: [] });
  t.equal(proved, kinds);
  const unsent = await loopfw(['diff', '-r', 'json', '--interface', 'eth0=192.0.2.10/24', 'same-port.v4', 'empty.v4'], { cwd: folder });
  t.equal(unsent.exitCode, 0, unsent.stderr);
  t.strictSame(readDiff(unsent).changes, [], 'a client cannot have the port of a server of its own address');
  const wrong = await loopfw(['diff', 'before.v4', 'wrong.v4'], { cwd: folder });
  t.equal(wrong.exitCode, 2);
  t.match(wrong.stderr, /wrong\.v4:2/);
  const badInterface = await loopfw(['diff', '--interface', 'eth0', 'before.v4', 'after.v4'], { cwd: folder });
  t.equal(badInterface.exitCode, 2);
  t.match(badInterface.stderr, /--interface: expected NAME=ADDRESS\/LENGTH/);
});

t.test('where rules for requests name lo alone, packets from outside are compared, too', async (t) => {
  const table = (policy: string, ...rules: string[]) =>
    ['*filter', `:INPUT ${policy} [0:0]`, '-A INPUT -i lo -j ACCEPT', ...rules, 'COMMIT', ''].join('\n');
  const folder = t.testdir({
    'drop.v4': table('DROP'),
    'accept.v4': table('ACCEPT'),
    'dhcp.v4': table('DROP', '-A INPUT -p udp --sport 67 --dport 68 -j ACCEPT'),
  });
  for (const [after, gained] of [
    ['accept.v4', /^access gained\n.*\n +203\.0\.113\.9 eth0 +192\.0\.2\.1:9\/tcp +dropped by the policy of INPUT +connected\n/],
    [
      'dhcp.v4',
      /^access gained\n.*\n +203\.0\.113\.9:67 eth0 +192\.0\.2\.1:68\/udp +dropped by the policy of INPUT +connected by dhcp\.v4:4\n/,
    ],
  ] as const) {
    const { stdout, stderr, exitCode } = await loopfw(['diff', 'drop.v4', after], { cwd: folder });
    t.equal(exitCode, 1, stderr);
    t.match(stdout, gained);
  }
});

t.test('in the world of a scenario, its own rules are those before', async (t) => {
  const office = '-A INPUT -s 198.51.100.7/32 -p tcp -m tcp --dport 80 -j ACCEPT';
  const scenario = {
    name: 'server',
    ruleset: { file: 'rules.v4' },
    interfaces: { wan: { addresses: ['192.0.2.40/24'] } },
    servers: { web: 'tcp://192.0.2.40:80' },
    clients: { office: { address: '198.51.100.7', via: 'wan' }, blocked: { address: '203.0.113.66', via: 'wan' } },
    matrix: { office: { web: 'dropped' }, blocked: { web: 'dropped' } },
  };
  const listed = {
    ...scenario,
    ruleset: undefined,
    rules: ['-P INPUT DROP'],
    ipsets: { bad: { type: 'hash:ip', entries: ['203.0.113.66'] } },
  };
  const folder = t.testdir({
    'server.json': JSON.stringify(scenario),
    'listed.json': JSON.stringify(listed),
    'two.json': JSON.stringify([scenario, { ...listed, name: 'another' }]),
    'rules.v4': ['*filter', ':INPUT DROP [0:0]', 'COMMIT', ''].join('\n'),
    'after.v4': ['*filter', ':INPUT DROP [0:0]', office, 'COMMIT', ''].join('\n'),
    'sets.v4': ['*filter', ':INPUT DROP [0:0]', '-A INPUT -p tcp -m set ! --match-set bad src -j ACCEPT', 'COMMIT', ''].join('\n'),
  });
  const diff = async (...args: string[]) => {
    const ended = await loopfw(['diff', '-r', 'json', ...args], { cwd: folder });
    t.equal(ended.exitCode, 1, ended.stderr);
    const { changes, ...found } = readDiff(ended);
    return { ...found, rows: changes.map(({ class: own, packet: { from, to, port } }) => `${own} ${from} ${to}:${port}`) };
  };
  const own = await diff('server.json', '--after', 'after.v4');
  t.match(own, { scenario: 'server.json', before: ['server.json'], after: ['after.v4'], disagreements: [] });
  t.strictSame([...new Set(own.rows)], ['access-gained 198.51.100.7 192.0.2.40:80']);
  const given = await diff('server.json', '--before', 'after.v4', '--after', 'rules.v4');
  t.match(given, { before: ['after.v4'], after: ['rules.v4'] });
  t.strictSame([...new Set(given.rows)], ['access-lost 198.51.100.7 192.0.2.40:80']);
  const sets = await diff('listed.json', '--after', 'sets.v4');
  t.ok(sets.rows.includes('access-gained 198.51.100.7 192.0.2.40:80'), sets.rows.join('; '));
  t.notOk(
    sets.rows.some((row) => row.includes('203.0.113.66')),
    sets.rows.join('; '),
  );

  for (const [args, message] of [
    [['server.json', 'after.v4'], 'server.json is a scenario: write loopfw diff server.json --after after.v4'],
    [['after.v4'], 'expected two rule sets, found 1 file: write loopfw diff after.v4 AFTER'],
    [['rules.v4', '--after', 'after.v4'], 'rules.v4 is no scenario. For two rule sets write loopfw diff rules.v4 after.v4'],
    [['server.json', '--before', 'after.v4'], 'write loopfw diff server.json --before after.v4 --after AFTER'],
    [['server.json', '--after', 'after.v4', '--interface', 'eth0=192.0.2.1/24'], '--interface: the interfaces are those of the scenario'],
    [['two.json', '--after', 'after.v4'], 'two.json: expected one scenario, found 2'],
    [['-r', 'xml', 'rules.v4', 'after.v4'], 'unknown reporter "xml": expected one of human, json, markdown, github, html'],
    [['-', '-'], 'standard input can be read only once'],
  ] as const) {
    const { exitCode, stderr } = await loopfw(['diff', ...args], { cwd: folder });
    t.equal(exitCode, 2, args.join(' '));
    t.ok(stderr.includes(message), stderr);
  }
});

t.test('a signal ends the comparison, with its exit code', async (t) => {
  const [before, after] = ['ufw-router', 'firehol-router'].map((name) => `${ROOT}/scenarios/rule-sets/${name}.rules.v4`);
  const child = execa('env', withoutTap(['node', `${ROOT}/dist/bin.js`, 'diff', `${before}`, `${after}`]), { reject: false });
  setTimeout(() => child.kill('SIGINT'), 1500);
  const { exitCode, stdout, stderr } = await child;
  t.match({ exitCode, stdout, stderr }, { exitCode: 130, stdout: '', stderr: 'loopfw: aborted' });
});
