// Whenever random packets find a difference between two rule sets on the kernel, loopfw diff finds one too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Diff } from '../../../src/model/diff.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';
import { INTERFACES, makePackets, makePairs, makeScenario } from './rule-set-pairs.js';

/** How many times as much as in a usual run. */
const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
const PAIRS = SOAK === 1 ? 2 : 10 * SOAK;
const PACKETS = SOAK === 1 ? 100 : 500;
const seed = SEED.seed ?? Date.now();
const interfaces = Object.entries(INTERFACES).flatMap(([name, address]) => ['--interface', `${name}=${address}`]);

t.test('diff finds what random packets find', { timeout: 3_600_000 }, async (t) => {
  const pairs = makePairs(PAIRS, seed);
  let found = 0;
  let reported = 0;
  for (const [place, { before, after }] of pairs.entries()) {
    const folder = join(t.testdirName, String(place));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'before.v4'), before);
    writeFileSync(join(folder, 'after.v4'), after);
    const packets = makePackets(PACKETS, seed + place);
    writeFileSync(join(folder, 'packets.json'), JSON.stringify(['before.v4', 'after.v4'].map((file) => makeScenario(packets, file))));
    const result = readResult(await loopfw(['run', '-r', 'json', '--no-advice', join(folder, 'packets.json')]));
    const [one = [], other = []] = result.scenarios.map(({ probes }) =>
      probes.map(({ from, to, observed, cause }) =>
        // On a busy machine evidence may be lost.
        cause === 'unexplained' ? null : JSON.stringify([from, to, observed?.outcome, observed?.icmp, cause]),
      ),
    );
    t.equal(one.length, PACKETS, 'every packet was sent');
    const differences = one.flatMap((text, index) => {
      const then = other[index] ?? null;
      return text === null || then === null || text === then ? [] : [`${text} then ${then}`];
    });
    const ended = await loopfw(['diff', '-r', 'json', ...interfaces, join(folder, 'before.v4'), join(folder, 'after.v4')]);
    const diff = JSON.parse(ended.stdout || '{}') as Partial<Diff>;
    const changes = diff.changes?.length ?? 0;
    found += differences.length > 0 ? 1 : 0;
    reported += changes > 0 ? 1 : 0;
    const details = { stderr: ended.stderr, differences: differences.slice(0, 3), before, after };
    t.equal(ended.exitCode, changes > 0 ? 1 : 0, `pair ${place}: the exit code`, details);
    t.ok(changes > 0 || differences.length === 0, `pair ${place} of seed ${seed}: no difference is missed`, details);
    t.strictSame(diff.disagreements, [], `pair ${place} of seed ${seed}: the evaluator and the kernel agree`, details);
  }
  t.comment(`${PAIRS} pairs: random packets found ${found} that differ, diff found ${reported}`);
});

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
  const markdown = await loopfw(['diff', '-r', 'markdown', 'before.v4', 'after.nft'], { cwd: folder });
  t.match(
    markdown.stdout,
    /^### access gained\n\n\| from \| to \| before \| after \|\n\|---\|---\|---\|---\|\n\| 203.+443.+connected by after.+nft:5 \|$/m,
  );
  t.match(stdout, /^4 of \d+ kinds of packets changed \(\d+ packets compared, \d+ proved on the kernel, [\d.]+ s\)$/m);
  t.match(stdout, /^not compared: what earlier packets change \(before\): before\.v4:5$/m);
  t.match(stdout, /^lost in translation\? after\.nft:6 stands as a comment: -t filter -A INPUT .*--name web -j ACCEPT$/m);
});

t.test('rules that do the same have no difference, and a file that is no rule set is a mistake', async (t) => {
  const folder = t.testdir({
    'before.v4': [...RULES, 'COMMIT', ''].join('\n'),
    'after.v4': [...RULES.slice(0, 2), ...RULES.slice(2).toReversed(), 'COMMIT', ''].join('\n'),
    'wrong.v4': '*filter\n-A INPUT -j NOWHERE\nCOMMIT\n',
  });
  const same = await loopfw(['diff', '-r', 'json', 'before.v4', 'after.v4'], { cwd: folder, ordinary: true });
  t.equal(same.exitCode, 0, same.stderr);
  const { changes, disagreements, kinds, proved } = JSON.parse(same.stdout) as Diff;
  t.strictSame({ changes, disagreements }, { changes: [], disagreements: [] });
  t.equal(proved, kinds);
  const wrong = await loopfw(['diff', 'before.v4', 'wrong.v4'], { cwd: folder });
  t.equal(wrong.exitCode, 2);
  t.match(wrong.stderr, /wrong\.v4:2/);
  const badInterface = await loopfw(['diff', '--interface', 'eth0', 'before.v4', 'after.v4'], { cwd: folder });
  t.equal(badInterface.exitCode, 2);
  t.match(badInterface.stderr, /--interface: expected NAME=ADDRESS\/LENGTH/);
});
