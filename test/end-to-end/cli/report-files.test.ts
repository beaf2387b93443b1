// Where a report goes: through links, into pipes, and nowhere that another user has chosen.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, mkdtemp, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { followLinks } from '../../../src/cli/output/links.js';
import { writeWhole } from '../../../src/cli/output/files.js';
import type { Result } from '../../../src/model/result.js';
import { reportJson } from '../../../src/report/reporters.js';
import { loopfw, run } from '../../support/loopfw.js';
import { ORDINARY_USER, ROOT } from '../../support/package.js';

const FOUNDING = 'scenarios/reject.json';
const isReport = /^\{\n {2}"version": 1,/;

t.test('a folder that cannot be made is named at once, also in /proc', async (t) => {
  const folder = t.testdir({ 'result.json': (await loopfw(['run', '-r', 'json', FOUNDING])).stdout });
  for (const args of [
    ['report', `${folder}/result.json`, '-r', 'html=/proc/loopfw/'],
    ['init', '/proc/loopfw/first'],
    ['run', '--pcap', '/proc/loopfw', FOUNDING],
  ]) {
    const ended = await loopfw(args);
    t.equal(ended.exitCode, 2, args.join(' '));
    t.match(ended.stderr, /\/proc\/loopfw/);
  }
});

t.test('a link in the folder of a page is replaced, and what it names stays', async (t) => {
  const folder = t.testdir({
    'result.json': (await loopfw(['run', '-r', 'json', FOUNDING])).stdout,
    kept: 'kept',
    page: { 'page.css': t.fixture('symlink', '../kept') },
  });
  t.match(await loopfw(['report', `${folder}/result.json`, '-r', `html=${folder}/page/`]), { exitCode: 0, stderr: '' });
  t.equal(await readFile(`${folder}/kept`, 'utf8'), 'kept');
  t.ok((await lstat(`${folder}/page/page.css`)).isFile());
});

t.test('what a link names is written, be it there or not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-links-'));
  await mkdir(join(folder, 'results'));
  await writeFile(join(folder, 'results/old.json'), 'old');
  await symlink('results/old.json', join(folder, 'old'));
  await symlink('results/new.json', join(folder, 'new'));
  await symlink('new', join(folder, 'newer'));
  for (const [name, target] of [
    ['old', 'results/old.json'],
    ['newer', 'results/new.json'],
  ] as const) {
    const ended = await loopfw(['run', '-r', `json=${folder}/${name}`, FOUNDING]);
    t.equal(ended.exitCode, 0, ended.stderr);
    t.ok((await lstat(join(folder, name))).isSymbolicLink());
    t.match(await readFile(join(folder, target), 'utf8'), isReport);
  }
  t.equal(await readlink(join(folder, 'newer')), 'new');
  t.strictSame((await readdir(join(folder, 'results'))).sort(), ['new.json', 'old.json']);

  await symlink('missing/new.json', join(folder, 'nowhere'));
  await symlink('loop', join(folder, 'loop'));
  for (const [name, message] of [
    ['nowhere', /cannot write \S+: the folder \S+\/missing is not there/],
    ['loop', /cannot write \S+: a loop of symbolic links/],
  ] as const) {
    const ended = await loopfw(['run', '-r', `json=${folder}/${name}`, FOUNDING]);
    t.equal(ended.exitCode, 2);
    t.equal(ended.stdout, '', 'nothing runs');
    t.match(ended.stderr, message);
  }
});

t.test(
  "another user's link in a folder like /tmp is refused",
  { skip: process.getuid?.() !== 0 && !process.env['CI'] && 'needs root' },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'loopfw-sticky-'));
    const precious = join(await mkdtemp(join(tmpdir(), 'loopfw-precious-')), 'file');
    await writeFile(precious, 'precious');
    await chmod(folder, 0o1777);
    for (const name of ['report', 'captures']) {
      execFileSync('ln', ['-s', name === 'report' ? precious : join(precious, '..'), join(folder, name)], { uid: ORDINARY_USER });
    }
    const report = await loopfw(['run', '-r', `json=${folder}/report`, FOUNDING]);
    t.equal(report.exitCode, 2);
    t.equal(report.stdout, '', 'nothing runs');
    t.match(report.stderr, /cannot write .* is a symbolic link of another user \(uid 65534\), in a folder where everybody may write/);
    const captures = await loopfw(['run', '--pcap', `${folder}/captures`, FOUNDING]);
    t.equal(captures.exitCode, 2);
    t.match(captures.stderr, /--pcap: nothing can be written into .* is a symbolic link of another user/);
    // In the middle of a path, and before a slash at its end, too.
    for (const args of [
      ['-r', `json=${folder}/captures/report.json`],
      ['-r', `html=${folder}/captures/`],
      ['-r', `html=${folder}/captures/new/`],
      ['--pcap', `${folder}/captures/`],
      ['--pcap', `${folder}/captures/new/deeper`],
      ['--pcap', `${folder}/./captures/.`],
    ]) {
      const { exitCode, stdout, stderr } = await loopfw(['run', ...args, FOUNDING]);
      t.equal(exitCode, 2, args.join(' '));
      t.equal(stdout, '');
      t.match(stderr, /captures is a symbolic link of another user \(uid 65534\)/);
    }
    t.strictSame(await readdir(join(precious, '..')), ['file']);
    t.equal(await readFile(precious, 'utf8'), 'precious');
    // One's own is followed there.
    await symlink(precious, join(folder, 'own'));
    t.equal((await loopfw(['run', '-r', `json=${folder}/own`, FOUNDING])).exitCode, 0);
    t.match(await readFile(precious, 'utf8'), isReport);
  },
);

t.test('links are followed as the kernel follows them', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-way-'));
  await mkdir(join(folder, 'a/b'), { recursive: true });
  await symlink('a/b', join(folder, 'deep'));
  await symlink('deep/../report', join(folder, 'up'));
  await symlink(`${folder}/deep/./new`, join(folder, 'a/absolute'));
  for (const [path, end] of [
    ['deep/report', 'a/b/report'],
    ['up', 'a/report'],
    ['a/absolute', 'a/b/new'],
    ['a/../deep/../absolute', 'a/b/new'],
  ] as const) {
    t.equal(await followLinks(`${folder}/${path}`), `${folder}/${end}`, path);
  }
  t.equal(await followLinks('missing/report.json'), 'missing/report.json', 'without a link it stays as it was said');
});

t.test('a report has the permissions of the file before it, and no set-uid bit', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-modes-'));
  const file = join(folder, 'report');
  for (const mode of [0o600, 0o644, 0o4755, 0o6777, 0o1666]) {
    await writeFile(file, 'old');
    await chmod(file, mode);
    await writeWhole(file, 'new');
    t.equal((await stat(file)).mode & 0o7777, mode & 0o777);
  }
  await mkdir(join(folder, 'taken'));
  await t.rejects(writeWhole(join(folder, 'taken'), 'new'), { message: /cannot write/ });
  t.strictSame((await readdir(folder)).sort(), ['report', 'taken'], 'nothing is left beside it');
});

/** Puts a link to a file in the place of every temporary file that it sees in its folder, as fast as it can. */
const REPLACER = `
const { readdirSync, rmSync, symlinkSync } = require('node:fs');
process.send('ready');
for (;;) {
  for (const name of readdirSync('.').filter((each) => each.endsWith('.tmp'))) {
    try {
      rmSync(name);
      symlinkSync(process.argv[1], name);
    } catch {}
  }
}`;

t.test(
  "who owns the report's folder has no other file changed",
  { skip: process.getuid?.() !== 0 && !process.env['CI'] && 'needs root' },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'loopfw-theirs-'));
    await chown(folder, ORDINARY_USER, ORDINARY_USER);
    const precious = join(await mkdtemp(join(tmpdir(), 'loopfw-precious-')), 'file');
    await writeFile(precious, 'precious', { mode: 0o600 });
    const reports = Array.from({ length: 100 }, (_, number) => join(folder, `report-${number}`));
    for (const report of reports) {
      await writeFile(report, 'old');
      await chmod(report, 0o4755);
    }
    const replacer = spawn(process.execPath, ['-e', REPLACER, precious], {
      cwd: folder,
      uid: ORDINARY_USER,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    t.teardown(() => replacer.kill('SIGKILL'));
    await once(replacer, 'message');
    for (const report of reports) {
      await writeWhole(report, 'x'.repeat(1 << 20)).catch(() => {});
    }
    const links = await Promise.all(reports.map(async (report) => (await lstat(report)).isSymbolicLink()));
    t.comment(`the attack was in time ${links.filter(Boolean).length} times`);
    t.equal((await stat(precious)).mode & 0o7777, 0o600);
    t.equal(await readFile(precious, 'utf8'), 'precious');
  },
);

t.test('a pipe is waited for a little, and written to the end', async (t) => {
  const pipe = join(await mkdtemp(join(tmpdir(), 'loopfw-pipe-')), 'pipe');
  execFileSync('mkfifo', [pipe]);
  const write = `node ${ROOT}/dist/bin.js run -r json=${pipe} ${FOUNDING}`;
  const unread = await run('sh', ['-c', write]);
  t.equal(unread.exitCode, 2);
  t.match(unread.stderr, /cannot write \S+: it is a pipe, and for 5 s nobody has opened it to read/);

  const late = await run('sh', ['-c', `(sleep 1; cat ${pipe}) & ${write}; code=$?; wait; exit $code`]);
  t.equal(late.exitCode, 0);
  t.match(late.stdout, isReport);

  const tired = await run('sh', ['-c', `head -c 20 ${pipe} > /dev/null & ${write.replace(FOUNDING, 'scenarios/filtering')}`]);
  t.equal(tired.exitCode, 0, tired.stderr);

  const interrupted = await run('sh', ['-c', `${write} & sleep 1; kill -INT $!; wait $!`]);
  t.equal(interrupted.exitCode, 130);

  const substituted = await run('bash', [
    '-c',
    `node ${ROOT}/dist/bin.js run -r json=>(cat >&2) ${FOUNDING}; code=$?; sleep 0.2; exit $code`,
  ]);
  t.equal(substituted.exitCode, 0);
  t.match(substituted.stderr, isReport);
});

t.test('JSON steers no terminal, and is the same to a program', async (t) => {
  const name = 'evil \u001b[2J \u009b31m \u202e \u2028 \u{e0041} \ud800 \u00ad ü → 😀';
  const result = { version: 1, scenarios: [{ name, probes: [] }] } as unknown as Result;
  const text = reportJson(result, { color: false });
  t.strictSame(JSON.parse(text), result);
  t.notMatch(text, /[\u007f-\u009f\u202e\u2028\u00ad\u{e0041}]/u);
  t.match(text, '\\u009b31m \\u202e \\u2028 \\udb40\\udc41 \\ud800 \\u00ad ü → 😀');
});

t.test('a report that is a folder', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-folder-'));
  const ended = await loopfw(['run', '-r', `html=${folder}/new/`, FOUNDING]);
  t.equal(ended.exitCode, 0, ended.stderr);
  t.strictSame((await readdir(join(folder, 'new'))).sort(), ['data.js', 'index.html', 'page.css', 'page.js']);
  for (const [value, message] of [
    [`html=${folder}/missing/new/`, /cannot write into \S+\/missing\/new\/: the folder \S+\/missing is not there/],
    [`junit=${folder}/`, /only html can be a folder; name a file, as in -r junit=\S+\/report/],
  ] as const) {
    const { exitCode, stdout, stderr } = await loopfw(['run', '-r', value, FOUNDING]);
    t.equal(exitCode, 2, value);
    t.equal(stdout, '', 'nothing runs');
    t.match(stderr, message);
  }
});
