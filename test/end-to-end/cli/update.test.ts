// `loopfw run --update`: what was seen becomes the expectation, after a question.
import { chmod, chown, lstat, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { findChange, listFailed } from '../../../src/cli/commands/run/update/changes.js';
import { readAgain } from '../../../src/cli/commands/run/update/text.js';
import type { Result } from '../../../src/model/result.js';
import { loopfw } from '../../support/loopfw.js';
import { getPackage, ORDINARY_USER } from '../../support/package.js';
import { CTRL_C, CTRL_D, Terminal } from '../../support/terminal.js';

const isRoot = process.getuid?.() === 0;

/** Two expectations that the rules do not meet any more, and a truth table with a third. */
const BOX = `// The box in the cellar.
{
  "name": "box",
  "servers": { "web": "tcp://127.0.0.2:80", "ssh": "tcp://127.0.0.2:22" },
  "clients": { "admin": "127.0.0.1", "guest": "127.0.0.5" },
  "rules": [{ "name": "no-ssh", "chain": "INPUT", "protocol": "tcp", "destinationPort": 22, "target": "DROP" }],
  "probes": [
    { "from": "admin", "to": "web", "expect": "dropped" /* for now */ },
    { "from": "admin", "to": "ssh",
      "expect": { // all may
        "outcome": "connected",
        "rule": 0
      } },
  ],
  "matrix": { "guest": { "web": "connected", "ssh": "connected" } },
}
`;
const UPDATED = BOX.replace('"dropped"', '"connected"')
  .replace('"outcome": "connected"', '"outcome": "timeout"')
  .replace('"ssh": "connected"', '"ssh": "timeout"');

/** A folder of an ordinary user, or of the user who runs the tests, with scenario files. */
async function makeFolder(files: Record<string, unknown>, { ordinary = false } = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-update-'));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  if (ordinary && isRoot) {
    for (const path of [folder, ...Object.keys(files).map((name) => join(folder, name))]) {
      await chown(path, ORDINARY_USER, ORDINARY_USER);
    }
  }
  return folder;
}

function update(folder: string, args: string[], { ordinary = false, ...env }: { ordinary?: boolean } & Record<string, unknown> = {}) {
  return loopfw(['run', '--update', ...args], { cwd: folder, ordinary, env: { CI: '', ...(env as Record<string, string>) } });
}

async function startTerminal(folder: string, args: string, ordinary: boolean): Promise<Terminal> {
  const { folder: place, prefix } = await getPackage(ordinary);
  return new Terminal(`node ${place}/dist/bin.js run --update -q ${args}`, { cwd: folder, prefix, env: { CI: '', TERM: 'xterm' } });
}

for (const ordinary of [false, true]) {
  const who = ordinary ? ', as an ordinary user' : '';
  t.test(`a terminal is asked about each change${who}`, async (t) => {
    const folder = await makeFolder({ 'box.json': BOX }, { ordinary });
    await chmod(join(folder, 'box.json'), 0o640);
    const terminal = await startTerminal(folder, 'box.json', ordinary);
    const first = await terminal.typeAfter(/\(1 of 3\).*: $/, 'yes\n');
    t.match(first, /box\.json:8:47: admin → web[^]*- "expect": "dropped"[^]*\+ "expect": "connected"[^]*it is open/);
    const second = await terminal.typeAfter(/\(2 of 3\).*: $/, 'perhaps\n');
    t.match(second.replaceAll(/\x1b\[\d+m|\r/g, ''), '  - "expect": { // all may\n  -   "outcome": "connected",\n  -   "rule": 0\n  - }\n');
    await terminal.typeAfter(/\(2 of 3\).*: $/, 'N\n');
    const third = await terminal.typeAfter(/\(3 of 3\).*: $/, 'y\n');
    t.match(third, /- "ssh": "connected"[^]*\+ "ssh": "timeout"/);
    t.equal(await terminal.ended(), 1, 'one expectation still fails');
    t.equal(
      await readFile(join(folder, 'box.json'), 'utf8'),
      BOX.replace('"dropped"', '"connected"').replace('"ssh": "connected"', '"ssh": "timeout"'),
    );
    t.equal((await stat(join(folder, 'box.json'))).mode & 0o777, 0o640);
    t.strictSame(await readdir(folder), ['box.json'], 'nothing is left beside it');

    const rest = await startTerminal(folder, 'box.json', ordinary);
    await rest.typeAfter(/\(1 of 1\).*: $/, 'a\n');
    t.equal(await rest.ended(), 0);
    t.equal(await readFile(join(folder, 'box.json'), 'utf8'), UPDATED);
    t.equal((await update(folder, ['box.json'], { ordinary })).exitCode, 0, 'it passes, and there is nothing to ask');
  });

  t.test(`without a terminal only --yes writes${who}`, async (t) => {
    const folder = await makeFolder({ 'box.json': BOX }, { ordinary });
    const { exitCode, stdout, stderr } = await update(folder, ['-r', 'json', 'box.json'], { ordinary });
    t.equal(exitCode, 2);
    t.equal((JSON.parse(stdout) as { summary: { failed: number } }).summary.failed, 3, 'the report is alone on standard output');
    t.match(
      stderr,
      /\nbox\.json:15:53: guest → ssh\n {2}- "ssh": "connected"\n {2}\+ "ssh": "timeout"\n {4}expected connected, saw timeout, dropped/,
    );
    t.match(stderr, 'loopfw: --update has written nothing: it asks first, and there is no terminal; --yes writes without asking\n');
    t.equal(await readFile(join(folder, 'box.json'), 'utf8'), BOX);

    const sure = await update(folder, ['--yes', 'box.json'], { ordinary });
    t.equal(sure.exitCode, 0);
    t.match(sure.stderr, /loopfw: box\.json: 3 expectations written\nloopfw: run it again: loopfw run box\.json\n$/);
    t.equal(await readFile(join(folder, 'box.json'), 'utf8'), UPDATED);
    t.equal((await loopfw(['run', 'box.json'], { cwd: folder, ordinary })).exitCode, 0);
  });
}

t.test('who quits keeps what has been answered; who ends the input or the program, too', async (t) => {
  const folder = await makeFolder({ 'box.json': BOX, 'two.json': BOX.replace('"box"', '"two"') });
  const quits = await startTerminal(folder, 'box.json two.json', false);
  await quits.typeAfter(/\(1 of 6\).*: $/, 'y\n');
  await quits.typeAfter(/\(2 of 6\).*: $/, 'q\n');
  t.equal(await quits.ended(), 1);
  t.equal(await readFile(join(folder, 'box.json'), 'utf8'), BOX.replace('"dropped"', '"connected"'));
  const ends = await startTerminal(folder, 'two.json', false);
  const shown = await ends.typeAfter(/\(1 of 3\).*: $/, CTRL_D);
  t.notMatch(shown, 'written');
  t.equal(await ends.ended(), 1);
  const aborts = await startTerminal(folder, 'two.json', false);
  await aborts.typeAfter(/\(1 of 3\).*: $/, 'y\n');
  await aborts.typeAfter(/\(2 of 3\).*: $/, CTRL_C);
  t.equal(await aborts.ended(), 130);
  t.match(await readFile(join(folder, 'two.json'), 'utf8'), '"dropped" /* for now */');
});

t.test('what makes no sense is refused before anything runs', async (t) => {
  const folder = await makeFolder({ 'box.json': BOX });
  const refuse = async (reason: RegExp, args: string[], env: Record<string, string> = {}) => {
    const { exitCode, stdout, stderr } = await update(folder, ['--yes', ...args], env);
    t.equal(exitCode, 2);
    t.equal(stdout, '');
    t.match(stderr, reason);
    t.equal(stderr.split('\n').length, 2, 'one line');
  };
  await refuse(/^loopfw: --update: the variable CI is set, /, ['box.json'], { CI: 'true' });
  await refuse(/^loopfw: --update: a scenario from standard input /, ['-']);
  await refuse(/^loopfw: --update: with --ruleset /, ['--ruleset', 'other.v4', 'box.json']);
  await refuse(/^loopfw: --update: --watch /, ['--watch', 'box.json']);
  await refuse(/^loopfw: --update: --list /, ['--list', 'box.json']);
  await refuse(/^loopfw: --update: --bail /, ['box.json'], { LOOPFW_BAIL: '1' });
  await refuse(/^loopfw: --update: a shard \(LOOPFW_SHARD\) /, ['box.json'], { LOOPFW_SHARD: '1/2' });
  const alone = await loopfw(['run', '--yes', 'box.json'], { cwd: folder });
  t.equal(alone.exitCode, 2);
  t.match(alone.stderr, '--yes answers the questions of --update: give both');
  t.equal(await readFile(join(folder, 'box.json'), 'utf8'), BOX);
});

/** A scenario of one probe from 127.0.0.1 without rules, unless more is said. */
const one = (expect: unknown, more: object = {}, probe: object = {}) => ({
  ...{ name: 'one', servers: { web: { protocol: 'tcp', address: '127.0.0.2', port: 80, banner: 'hello' } }, ...more },
  probes: [{ from: '127.0.0.1', to: 'web', expect, ...probe }],
});
const NAMED = { name: 'no', chain: 'INPUT', protocol: 'tcp', destinationPort: 80, target: 'REJECT', rejectWith: 'tcp-reset' };
const CLOSED = { to: 'tcp://127.0.0.3:81' };

t.test('an expectation stays as small as it was', async (t) => {
  const cases: Record<string, [scenario: object, after: unknown]> = {
    outcome: [one('timeout'), 'connected'],
    cause: [one('dropped'), 'connected'],
    'a closed port': [one('closed'), 'connected'],
    'a closed port that is rejected': [one('closed', { rules: [NAMED] }), 'rejected'],
    'an outcome that it has without the rules': [one('connected', {}, CLOSED), 'closed'],
    'the same in an object': [one({ outcome: 'connected' }, {}, CLOSED), { outcome: 'refused', cause: 'no-listener' }],
    'a rule by its name': [
      one({ outcome: 'refused', rule: 'no' }, { rules: ['-A INPUT -j DROP', NAMED] }),
      { outcome: 'timeout', rule: 0 },
    ],
    'a rule and an answer': [
      one({ rule: 'no', icmp: 'port-unreachable' }, { rules: [{ ...NAMED, name: 'yes' }, NAMED] }),
      { rule: 'yes', icmp: 'tcp-reset' },
    ],
    'no rule any more': [one({ rule: 0 }, { rules: ['-A INPUT -p udp -j DROP'] }), 'connected'],
    'no answer any more': [
      one({ cause: 'rejected', icmp: 'tcp-reset', afterMs: 0 }, { rules: ['-A INPUT -j DROP'] }),
      { cause: 'dropped', afterMs: 0 },
    ],
    'a reply': [one({ reply: 'welcome' }), { reply: 'hello' }],
    'both back ends': [one('refused', { backend: ['nft', 'legacy'] }), 'connected'],
    'several probes': [one('refused', {}, { count: 3 }), 'connected'],
  };
  const files = new Map(Object.entries(cases).map(([name, [scenario]], place) => [`${place}.json`, { ...scenario, name }]));
  const folder = await makeFolder(Object.fromEntries(files));
  const { exitCode, stderr } = await update(folder, ['--yes', ...files.keys()]);
  t.equal(exitCode, 0, stderr);
  for (const [file, { name }] of files) {
    const text = await readFile(join(folder, file), 'utf8');
    t.strictSame((JSON.parse(text) as { probes: { expect: unknown }[] }).probes[0]?.expect, cases[name]?.[1], name);
  }
  const again = await loopfw(['run', ...files.keys()], { cwd: folder });
  t.equal(again.exitCode, 0, again.stdout);
});

t.test('what cannot be written is said, and stays', async (t) => {
  const late = one({ outcome: 'connected', withinMs: 100 }, { rules: ['-A INPUT -j DROP'] });
  const ports = { ...one('connected'), probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80-81', expect: 'connected' }] };
  const exercise = { ...one('refused'), exercise: { task: 'Find it.', start: [], lesson: 'Done.' } };
  const vague = one('refused', {}, CLOSED);
  const cases: Record<string, [scenario: object, problem: RegExp | null]> = {
    'a time': [late, /one\.json:1:\d+: .*the time that it took .* does not fit its "withinMs", and no measured time is written/],
    'ports that differ': [ports, /: its probes do not agree: they need expectations of their own\n/],
    'an exercise': [exercise, /: the expectations of an exercise are its marking\n/],
    'an inconclusive probe': [vague, null],
  };
  for (const [name, [scenario, problem]] of Object.entries(cases)) {
    const folder = await makeFolder({ 'one.json': scenario });
    const { exitCode, stderr } = await update(folder, ['--yes', 'one.json']);
    t.equal(exitCode, 1, name);
    t.match(stderr, problem ?? /^loopfw: --update has written nothing\n$/, name);
    t.strictSame(JSON.parse(await readFile(join(folder, 'one.json'), 'utf8')), scenario, name);
  }
});

t.test('back ends that do not agree', async (t) => {
  const text = JSON.stringify(one('refused', { backend: ['nft', 'legacy'] }));
  const folder = await makeFolder({ 'one.json': text });
  const result = JSON.parse((await loopfw(['run', '-r', 'json', 'one.json'], { cwd: folder })).stdout) as Result;
  const [first] = listFailed(result);
  const known = await readAgain(join(folder, 'one.json'));
  if (first === undefined || 'problem' in known) {
    t.fail('nothing failed');
    return;
  }
  t.match(findChange(first, known), { after: 'connected', failed: 2 });
  const [, legacy] = first.probes;
  t.ok(legacy?.probe.observed && (legacy.probe.observed.outcome = 'timeout'));
  t.strictSame(findChange(first, known), { problem: 'the back ends do not agree: nft "connected" and legacy "timeout"' });
  t.strictSame(findChange(first, { ...known, text: text.replace('refused', 'dropped') }), {
    problem: 'the file has changed since it was read',
  });
});

t.test('phases and arrays of scenarios', async (t) => {
  const phases = {
    ...one('refused'),
    name: 'phases',
    phases: [{ name: 'cut', rules: ['-A INPUT -j DROP'], probes: one('connected').probes }],
  };
  const folder = await makeFolder({ 'all.json': `\uFEFF${JSON.stringify([one('connected'), phases], null, 2)}` });
  t.equal((await update(folder, ['--yes', 'all.json'])).exitCode, 0);
  const text = await readFile(join(folder, 'all.json'), 'utf8');
  t.equal(
    text,
    `\uFEFF${JSON.stringify([one('connected'), phases], null, 2)
      .replace('"refused"', '"connected"')
      .replace(/"connected"(?![^]*"connected")/, '"timeout"')}`,
  );
});

t.test('no link is followed, and the owner stays', { skip: isRoot ? false : 'needs root' }, async (t) => {
  const folder = await makeFolder({ 'box.json': BOX }, { ordinary: true });
  await symlink('box.json', join(folder, 'link.json'));
  const link = await update(folder, ['--yes', 'link.json']);
  t.equal(link.exitCode, 1);
  t.match(link.stderr, 'it is a symbolic link: run the file itself, box.json');
  t.equal(await readFile(join(folder, 'box.json'), 'utf8'), BOX);
  t.ok((await lstat(join(folder, 'link.json'))).isSymbolicLink());

  t.equal((await update(folder, ['--yes', 'box.json'])).exitCode, 0);
  const { uid, gid } = await stat(join(folder, 'box.json'));
  t.strictSame([uid, gid], [ORDINARY_USER, ORDINARY_USER]);
  await chown(join(folder, 'box.json'), ORDINARY_USER, 0);
  await writeFile(join(folder, 'box.json'), BOX);
  await chmod(join(folder, 'box.json'), 0o664);
  t.equal((await update(folder, ['--yes', 'box.json'], { ordinary: true })).exitCode, 0, 'a group that the user is not in');
  const own = await stat(join(folder, 'box.json'));
  t.strictSame([own.uid, own.gid, own.mode & 0o777], [ORDINARY_USER, ORDINARY_USER, 0o644], 'gets no more than everybody has');
  await chown(folder, 0, 0);
  await chmod(folder, 0o755);
  await writeFile(join(folder, 'box.json'), BOX);
  const refused = await update(folder, ['--yes', 'box.json'], { ordinary: true });
  t.equal(refused.exitCode, 2, 'a folder that the user may not write to');
  t.match(refused.stderr, /loopfw: cannot write box\.json: .*permission denied/);
  t.equal(await readFile(join(folder, 'box.json'), 'utf8'), BOX);
});
