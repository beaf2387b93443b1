// The shell lines of the gate for pull requests in docs/rule-sets.md, with GitHub's variables.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';
import { getPackage } from '../../support/package.js';

const PAGE = 'docs/rule-sets.md';
const blocks = getBlocks(readDocument(PAGE));
const [workflow = '', labels = ''] = blocks
  .filter(({ heading, language }) => heading === 'What a pull request changes' && language === 'yaml')
  .map(({ text }) => text);

/** A repository whose rules a pull request changes, with the commands of a runner: what would change the machine is only recorded. */
async function makeRepository(folder: string, change: (rules: string) => string) {
  const { folder: root } = await getPackage(false);
  const work = join(folder, 'work');
  mkdirSync(work);
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries({
    npx: `shift; exec node '${root}/dist/bin.js' "$@"`,
    npm: 'echo "npm $*" >>../calls',
    sudo: 'echo "sudo $*" >>../calls',
    gh: 'echo "gh $*" >>../calls',
  })) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const rules = blocks.filter(({ title }) => title === 'rules.v4').at(-1)?.text ?? '';
  writeFileSync(join(work, 'rules.v4'), rules);
  writeFileSync(join(work, 'server.json'), blocks.find(({ title }) => title === 'server.json')?.text ?? '');
  const env = {
    ...{ PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder, RUNNER_TEMP: folder, NUMBER: '7' },
    ...{ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: work, GITHUB_STEP_SUMMARY: '../summary.md', GITHUB_OUTPUT: '../output' },
  };
  const sh = (text: string, more: Record<string, string> = {}) => run('sh', ['-ec', text], { cwd: work, env: { ...env, ...more } });
  const commit = 'git add . && git -c user.name=t -c user.email=t@example.com commit --quiet --message';
  const base = await sh(`git init --quiet . && ${commit} base && git rev-parse HEAD`);
  writeFileSync(join(work, 'rules.v4'), change(rules));
  const head = await sh(`${commit} change --allow-empty`);
  t.equal(head.exitCode, 0, head.stderr);
  return { sh, base: base.stdout.trim() };
}

const openTelnet = (rules: string) => rules.replace('COMMIT', '-A INPUT -i eth0 -p tcp --dport 23 -j ACCEPT\nCOMMIT');
const lines = [...workflow.matchAll(/^ *- run: (.*)$/gm)].map(([, line = '']) => line);

t.test('a pull request that opens a port', async (t) => {
  t.equal(lines.length, 5, lines.join('\n'));
  const folder = t.testdir();
  const { sh, base } = await makeRepository(folder, openTelnet);
  const { exitCode, stdout, stderr } = await sh(lines.join('\n'), { BASE: base });
  t.equal(exitCode, 1, stderr);
  t.match(stdout, /^access gained\n[\s\S]*203\.0\.113\.9 eth0 +192\.0\.2\.10:23\/tcp/m);
  t.match(stdout, /^::warning file=rules\.v4,line=11,col=1,title=access gained/m);
  t.match(readFileSync(join(folder, 'summary.md'), 'utf8'), /^## 1 difference, seen on the kernel\n\n### access gained$/m);
  t.ok(existsSync(join(folder, 'work/diff.html')));
});

t.test('a pull request that changes nothing', async (t) => {
  const folder = t.testdir();
  const { sh, base } = await makeRepository(folder, (rules) => rules.replace('-A INPUT', '# The first rule\n-A INPUT'));
  const { exitCode, stderr } = await sh(lines.join('\n'), { BASE: base });
  t.equal(exitCode, 0, stderr);
  t.match(readFileSync(join(folder, 'summary.md'), 'utf8'), /^## no packet is treated otherwise$/m);
});

t.test('a label instead of a check that fails', async (t) => {
  const [, script = ''] = /^ *run: \|\n((?: {4}.*\n)+)/m.exec(labels) ?? [];
  const [, label = ''] = /run: (gh .*)/.exec(labels) ?? [];
  const folder = t.testdir();
  const { sh, base } = await makeRepository(folder, openTelnet);
  const run = await sh(`git show "$BASE:rules.v4" > "$RUNNER_TEMP/base.v4"\n${script}`, { BASE: base });
  t.equal(run.exitCode, 0, run.stderr);
  t.equal(readFileSync(join(folder, 'output'), 'utf8'), 'code=1\n');
  t.equal((await sh(label)).exitCode, 0);
  t.equal(readFileSync(join(folder, 'calls'), 'utf8'), 'gh pr edit 7 --add-label firewall-changes\n');
  writeFileSync(join(folder, 'work/rules.v4'), '*filter\n-A INPUT -j NOWHERE\nCOMMIT\n');
  t.not((await sh(script)).exitCode, 0, 'a mistake fails');
});
