import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import t from 'tap';
import { loadScenarios } from '../../src/input/load-scenarios.js';
import { SpecError } from '../../src/model/errors.js';
import { printDiagnostic } from '../../src/report/shared/diagnostics.js';
import { loopfw } from '../support/loopfw.js';

function makeText(name: string): string {
  return JSON.stringify({ name, probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'refused' }] });
}

/** Puts a link in the place of a folder or a file, and takes it away again, as fast as it can. */
const REPLACER = `
const { renameSync, rmSync, symlinkSync } = require('node:fs');
const [, name, target] = process.argv;
for (;;) {
  renameSync(name, '.aside');
  symlinkSync(target, name);
  rmSync(name);
  renameSync('.aside', name);
}`;

/** What is printed, with the test's own folder left out. */
async function getPrinted(paths: string[], folder: string): Promise<string[]> {
  try {
    return (await loadScenarios(paths)).map(({ file }) => file.replace(`${folder}/`, ''));
  } catch (error) {
    if (!(error instanceof SpecError)) {
      throw error;
    }
    return error.diagnostics.map((diagnostic) => printDiagnostic(diagnostic).replaceAll(`${folder}/`, ''));
  }
}

void t.test('folders are searched, sorted, and no file is loaded twice', async (t) => {
  const folder = t.testdir({
    'b.json': makeText('b'),
    'a.jsonc': makeText('a'),
    'notes.txt': '',
    '.git': { 'x.json': '{' },
    node_modules: { 'x.json': '{' },
    sub: { 'c.json': `\uFEFF${makeText('c')}`, deeper: { 'd.json': makeText('d') } },
    link: t.fixture('symlink', 'sub'),
  });
  t.same((await getPrinted([folder], folder)).length, 4);
  t.same(await getPrinted([`${folder}/sub/c.json`, `${folder}/`, folder, `${folder}/sub`], folder), [
    'sub/c.json',
    'a.jsonc',
    'b.json',
    'link/deeper/d.json',
  ]);
  const cwd = process.cwd();
  process.chdir(folder);
  t.teardown(() => process.chdir(cwd));
  t.same(
    (await loadScenarios(['./sub', 'b.json'])).map(({ file }) => file),
    ['./sub/c.json', './sub/deeper/d.json', 'b.json'],
  );
});

void t.test('links out of a folder that is searched', async (t) => {
  const folder = t.testdir({
    named: {
      'a.json': makeText('a'),
      'b.json': t.fixture('symlink', 'sub/b.jsonc'),
      'c.json': t.fixture('symlink', '../named-not/secret.json'),
      'notes.txt': t.fixture('symlink', '../named-not/secret.json'),
      out: t.fixture('symlink', '../named-not'),
      sub: { 'b.jsonc': makeText('b'), up: t.fixture('symlink', '../..') },
    },
    'named-not': { 'secret.json': '{ "name": "secret"' },
    named2: t.fixture('symlink', 'inner'),
    inner: { 'd.json': makeText('d') },
  });
  t.same(await getPrinted([`${folder}/named`], folder), [
    'named/c.json:1:1: error: a link out of the folder: name what it links to instead',
    'named/out:1:1: error: a link out of the folder: name what it links to instead',
    'named/sub/up:1:1: error: a link out of the folder: name what it links to instead',
  ]);
  // Who names it has asked for it.
  t.match(await getPrinted([`${folder}/named/c.json`], folder), [/^named\/c\.json:1:19: error: unexpected end of file/]);
  t.match(await getPrinted([`${folder}/named/out`], folder), [/^named\/out\/secret\.json:1:19: error: unexpected end of file/]);
  t.same(await getPrinted([`${folder}/named2`], folder), ['named2/d.json']);
});

void t.test('a link out that comes after the search is not followed either', async (t) => {
  const folder = t.testdir({ named: { sub: { 'a.json': makeText('a') } }, other: { 'a.json': makeText('secret') } });
  const replacer = spawn(process.execPath, ['-e', REPLACER, 'sub', '../other'], { cwd: `${folder}/named`, stdio: 'ignore' });
  const seen = new Set<string>();
  const areBothSeen = () => seen.has('a') && seen.has('a link out of the folder: name what it links to instead');
  for (let time = 0; time < 5000 && (time < 1000 || !areBothSeen()); time++) {
    const found = await loadScenarios([`${folder}/named`]).catch((error: unknown) => (error as SpecError).diagnostics);
    found.forEach((one) => seen.add('name' in one ? one.name : one.message));
  }
  // Before the folder is removed, in which it works.
  replacer.kill('SIGKILL');
  await once(replacer, 'exit');
  t.ok(areBothSeen());
  t.notOk(seen.has('secret'));
});

void t.test('all diagnostics of all files, in order', async (t) => {
  const folder = t.testdir({
    'a.json': '{ "name": "x",\n"probes": [{ "from": "a", "to": "b", "expect": "c" }] }',
    'b.json': makeText('b'),
    'bad-text.json': Buffer.from([0x22, 0xff, 0x22]),
    'c.json': '{',
    empty: { 'x.txt': '' },
    loop: { 'a.json': makeText('a'), up: t.fixture('symlink', '.') },
    'dangling.json': t.fixture('symlink', 'nowhere'),
    'self.json': t.fixture('symlink', 'self.json'),
    'large.json': ' '.repeat(8 * 1024 * 1024 + 1),
    'full.json': makeText('full').padEnd(8 * 1024 * 1024),
  });
  spawnSync('mkfifo', [`${folder}/fifo.json`]);
  t.same(await getPrinted([`${folder}/missing.json`, `${folder}/empty`, folder, '/dev/null', `${folder}/b.json/x`, `a\u0000`], folder), [
    'missing.json:1:1: error: no such file or folder',
    'empty:1:1: error: the folder has no *.json or *.jsonc file',
    'a.json:2:22: error: no client "a" (/probes/0/from)',
    'a.json:2:33: error: no server "b" (/probes/0/to)',
    'a.json:2:48: error: expected "connected", "refused", "unreachable", "denied", "reset", "timeout", "service", "no-listener", "rejected", "dropped", "answer-eaten", "silent", "not-routed", "local", "unexplained" or "closed", found "c" (/probes/0/expect)',
    'bad-text.json:1:1: error: expected UTF-8 text',
    'c.json:1:2: error: unexpected end of file: the "{" of 1:1 is not closed',
    'dangling.json:1:1: error: no such file or folder',
    'fifo.json:1:1: error: expected a file or a folder, found neither',
    'large.json:1:1: error: larger than 8 MiB',
    'loop/up:1:1: error: the folder is inside of itself, by a symbolic link',
    'self.json:1:1: error: a loop of symbolic links',
    '/dev/null:1:1: error: expected a file or a folder, found neither',
    'b.json/x:1:1: error: a part of the path is no folder',
    'a\\u{0}:1:1: error: no path has a NUL character',
  ]);
});

void t.test('what may not be read', async (t) => {
  // Not in a test folder, which an ordinary user may not even reach.
  const folder = mkdtempSync(`${tmpdir()}/loopfw-closed-`);
  t.teardown(() => rmSync(folder, { recursive: true }));
  chmodSync(folder, 0o755);
  writeFileSync(`${folder}/a.json`, makeText('a'));
  mkdirSync(`${folder}/closed`);
  chmodSync(`${folder}/a.json`, 0);
  chmodSync(`${folder}/closed`, 0);
  const { exitCode, stderr } = await loopfw(['check', folder], { ordinary: true });
  t.equal(exitCode, 2);
  t.equal(
    stderr.replaceAll(`${folder}/`, ''),
    'a.json:1:1: error: permission denied\nclosed:1:1: error: permission denied\n2 problems in the scenario files\n',
  );
  chmodSync(`${folder}/closed`, 0o700);
});

void t.test('standard input', async (t) => {
  const folder = t.testdir({ good: makeText('from a pipe'), empty: '', large: ' '.repeat(9 * 1024 * 1024) });
  const own = Object.getOwnPropertyDescriptor(process, 'stdin') as PropertyDescriptor;
  t.teardown(() => Object.defineProperty(process, 'stdin', own));
  const run = (file: string, ...paths: string[]) => {
    Object.defineProperty(process, 'stdin', { value: spawn('cat', [`${folder}/${file}`]).stdout, configurable: true });
    return getPrinted(paths, folder);
  };
  t.same(await run('good', '-'), ['<stdin>']);
  t.same(await run('empty', '-'), ['<stdin>:1:1: error: the file is empty, or has only comments']);
  t.same(await run('good', '-', '-'), ['<stdin>:1:1: error: standard input can be read only once']);
  t.same(await run('large', '-'), ['<stdin>:1:1: error: larger than 8 MiB']);
});
