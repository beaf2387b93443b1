// script/release.js in a clone of the last commit: what it asks for first, and what it makes.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { FOR_NPM, ROOT } from '../../support/package.js';

const skip = !existsSync(join(ROOT, '.git')) && process.env['CI'] === undefined && 'the checkout has no .git';

t.test('a release', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-release-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const clone = join(folder, 'clone');
  const call = (command: string, ...args: string[]) => run(command, args, { cwd: existsSync(clone) ? clone : folder, env: FOR_NPM });
  const git = (...args: string[]) =>
    call('git', ...['safe.directory=*', 'user.name=tester', 'user.email=tester@example.org'].flatMap((text) => ['-c', text]), ...args);
  const release = (...args: string[]) => call('node', 'script/release.js', ...args);
  const cloned = await git('clone', '--quiet', ROOT, clone);
  t.equal(cloned.exitCode, 0, cloned.stderr);
  await symlink(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  await writeFile(join(clone, '.git/info/exclude'), 'node_modules\n');

  t.match(await release('next'), { exitCode: 2, stderr: /^usage: node script\/release\.js VERSION \[--dry-run\]/ });

  const path = join(clone, 'CHANGELOG.md');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(/^## .*$/m, '## 7.8.9 (soon)'));
  t.match(await release('7.8.9', '--dry-run'), { exitCode: 1, stderr: /these files are not committed:\nM CHANGELOG\.md/ });
  await git('commit', '--quiet', '--all', '--message', 'A heading');
  t.match(await release('7.8.9', '--dry-run'), {
    exitCode: 1,
    stderr: /the first heading of CHANGELOG\.md is "## 7\.8\.9 \(soon\)": "## 7\.8\.9 \(YEAR-MONTH-DAY\)" is expected/,
  });
  await writeFile(path, text.replace(/^## .*$/m, '## 7.8.9 (2026-12-24)'));
  await git('commit', '--quiet', '--all', '--message', 'A date');

  const tried = await release('7.8.9', '--dry-run');
  t.equal(tried.exitCode, 0, tried.stderr);
  t.match(tried.stderr, /loopfw-7\.8\.9\.tgz: \d{3,} files, none that does not belong, \d\.\d MB\n/);
  t.match(tried.stderr, /runs the founding scenario: 3 probes passed\n.*the bill of materials has \d\d packages\n.*nothing is kept/);
  t.match(tried.stdout, /\nnpm publish release\/loopfw-7\.8\.9\.tgz --access public --provenance\n$/);
  t.notOk(existsSync(join(clone, 'release')), 'nothing is kept');
  t.equal((await git('status', '--porcelain')).stdout, '');

  const made = await release('7.8.9');
  t.equal(made.exitCode, 0, made.stderr);
  const bill = JSON.parse(await readFile(join(clone, 'release/loopfw-7.8.9.cdx.json'), 'utf8')) as {
    metadata: { component: object };
    components: { name: string }[];
  };
  t.match(bill.metadata.component, { name: 'loopfw', version: '7.8.9' });
  const names = bill.components.map(({ name }) => name);
  t.ok(
    ['koffi', 'ajv', 'preact'].every((name) => names.includes(name)),
    'what is installed, and what the bundle has in it',
  );
  t.notOk(names.includes('typescript'), 'what only development needs is left out');
  t.ok(existsSync(join(clone, 'release/loopfw-7.8.9.tgz')));
  t.equal((await git('status', '--porcelain')).stdout, ' M package-lock.json\n M package.json\n');

  await git('tag', 'v7.8.9');
  await git('commit', '--quiet', '--all', '--message', 'Version 7.8.9');
  t.match(await release('7.8.9'), { exitCode: 1, stderr: /the tag v7\.8\.9 is there already/ });
});
