// Several reports of one run, the same again from its document, and what GitHub and GitLab get by themselves.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { parseXml } from '../../support/xml.js';

const FORMATS = ['human', 'tap', 'junit', 'github', 'markdown', 'ctrf', 'json'];
const GITHUB = { GITHUB_ACTIONS: 'true' };

/** A folder with a suite of two files: one passes; the other has a probe that fails, one that is inconclusive, and a hostile name. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-reporters-'));
  const ends = { servers: { web: 'tcp://127.0.0.1:8000' }, rules: ['-A INPUT -s 127.0.0.1 -j REJECT'] };
  const probe = { from: '127.0.0.1', to: 'web', expect: 'refused' };
  await writeFile(
    join(folder, 'failed.json'),
    JSON.stringify({
      name: '##[error]forged',
      ...ends,
      probes: [
        { ...probe, hint: `${'a'.repeat(100)} ::error::forged` },
        { ...probe, to: 'tcp://127.0.0.2:9' },
      ],
    }),
  );
  await writeFile(join(folder, 'passed.json'), JSON.stringify({ name: 'passes', ...ends, probes: [{ ...probe, expect: 'answer-eaten' }] }));
  return folder;
}

const listRequests = (folder: string, prefix: string) => FORMATS.flatMap((name) => ['-r', `${name}=${join(folder, `${prefix}.${name}`)}`]);

t.test('reports of a document are those of its run', async (t) => {
  const folder = await makeFolder();
  const codes = { 'passed.json': 0, 'failed.json': 1, 'failed.json passed.json': 1 };
  for (const [paths, exitCode] of Object.entries(codes)) {
    const ran = await loopfw(['run', ...listRequests(folder, 'run'), ...paths.split(' ')], { cwd: folder });
    t.match(ran, { exitCode, stdout: '', stderr: '' });
    const reported = await loopfw(['report', 'run.json', ...listRequests(folder, 'report')], { cwd: folder });
    t.match(reported, { exitCode, stdout: '', stderr: '' });
    for (const name of FORMATS) {
      const [one, other] = await Promise.all(['run', 'report'].map((prefix) => readFile(join(folder, `${prefix}.${name}`), 'utf8')));
      t.equal(other, one, name);
    }
  }
  // A scenario that could not run (3), a probe that could not be made (4), a run that was aborted.
  const errors = await loopfw(['report', 'test/report/every-status.json', '-r', 'junit'], { cwd: ROOT });
  t.match(errors, { exitCode: 4, stderr: /every-status\.json was aborted/ });
  t.match(parseXml(errors.stdout).attributes, { failures: '1', errors: '4' });
});

t.test('report of the parts that merge has joined', async (t) => {
  const folder = await makeFolder();
  for (const part of [1, 2]) {
    await loopfw(['run', '--shard', `${part}/2`, '-r', `json=${part}.json.part`, 'failed.json', 'passed.json'], { cwd: folder });
  }
  const files = ['1.json.part', '2.json.part'];
  const merged = await loopfw(['merge', ...files, '-r', 'json=all', '-r', 'junit'], { cwd: folder });
  const reported = await loopfw(['report', 'all', '-r', 'junit'], { cwd: folder });
  t.strictSame(reported, merged);
  t.match(parseXml(reported.stdout).attributes, { tests: '3', failures: '1', errors: '1' });
  t.match(await loopfw(['report', 'failed.json'], { cwd: folder }), { exitCode: 2, stderr: /expected a result document/ });
  t.match(await loopfw(['report', ...files], { cwd: folder }), { exitCode: 2, stderr: /too many arguments/ });
});

t.test('GitHub gets annotations beside the human report, and no command from a name', async (t) => {
  const folder = await makeFolder();
  const run = async (args: string[], env: Record<string, string> = {}) => {
    const { exitCode, stdout } = await loopfw(['run', ...args, 'failed.json'], { cwd: folder, env: { ...GITHUB, ...env } });
    t.equal(exitCode, 1);
    return { stdout, commands: stdout.match(/^\s*::[a-z]+ ?.*?::|##\[/gm) ?? [] };
  };
  const usual = await run([], { GITHUB_WORKSPACE: join(folder, '..'), COLUMNS: '100' }); // the hint breaks before its command
  t.match(usual.stdout, /^✖ #\\u\{23\}\[error\]forged/);
  t.match(usual.stdout, '\\u{3a}:error::forged');
  t.match(usual.commands, [/^::error file=loopfw-reporters-\w+\/failed\.json,line=1,col=\d+,title=#/, /^::warning /]);
  t.equal(usual.commands.filter((command) => command !== '##[').length, 2);

  t.match((await run(['-r', 'human', '-r', 'github'])).commands, [/^::error file=failed\.json/, /^::warning /]);
  t.strictSame((await run(['-r', 'human'])).commands, []);
  t.strictSame((await run([], { TAP: '1' })).commands, []);
});

t.test('GitLab gets the file of each case', async (t) => {
  const folder = await makeFolder();
  const env = { GITLAB_CI: 'true', CI_PROJECT_DIR: join(folder, '..') };
  const { stdout } = await loopfw(['run', '-r', 'junit', 'failed.json'], { cwd: folder, env });
  t.match(parseXml(stdout).children[0]?.children[1]?.attributes['file'], /^loopfw-reporters-\w+\/failed\.json$/);
});
