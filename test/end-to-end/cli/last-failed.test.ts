// `loopfw run --last-failed`: what did not pass when it last ran in this folder.
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';

const scenario = (name: string, expect: string) => ({ name, probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect }] });
const NOTHING = /nothing to run: no scenario of this folder is noted as failed in .*\/loopfw\n/;

interface Suite {
  folder: string;
  state: string;
  write: (file: string, scenarios: unknown) => Promise<void>;
  run: (...args: string[]) => ReturnType<typeof loopfw>;
}

async function makeSuite({ ordinary = false, env = {} }: { ordinary?: boolean; env?: Record<string, string> } = {}): Promise<Suite> {
  const root = await mkdtemp(join(tmpdir(), 'loopfw-failed-'));
  const [folder, state] = [join(root, 'suite'), join(root, 'state')];
  await mkdir(join(folder, 'scenarios'), { recursive: true });
  await chmod(root, 0o777);
  return {
    folder,
    state,
    write: (file, scenarios) => writeFile(join(folder, file), JSON.stringify(scenarios)),
    run: (...args) => loopfw(['run', ...args], { cwd: folder, ordinary, env: { XDG_STATE_HOME: state, ...env } }),
  };
}

for (const ordinary of [false, true]) {
  t.test(`those that did not pass run again until they pass${ordinary ? ', as an ordinary user' : ''}`, async (t) => {
    const { write, run, state } = await makeSuite({ ordinary });
    const nothing = await run('--last-failed');
    t.equal(nothing.exitCode, 2);
    t.match(nothing.stderr, NOTHING);

    await write('scenarios/a.json', [scenario('good', 'closed'), scenario('bad', 'dropped')]);
    await write('scenarios/b.json', [scenario('vague', 'refused'), scenario('good too', 'closed')]);
    await write('elsewhere.json', scenario('bad elsewhere', 'dropped'));
    t.equal((await run()).exitCode, 1);
    t.equal((await run('elsewhere.json')).exitCode, 1, 'another run forgets nothing');
    const list = ['scenarios/a.json: bad (1 probe)\n', 'scenarios/b.json: vague (1 probe)\n', 'elsewhere.json: bad elsewhere (1 probe)\n'];
    t.equal((await run('--last-failed', '--list')).stdout, list.join(''));
    t.equal((await run('--last-failed', '--list', 'scenarios')).stdout, list.slice(0, 2).join(''), 'of the paths that are named');
    t.equal((await run('--last-failed', '--list', '--grep', 'vague')).stdout, list[1]);

    await write('scenarios/a.json', [scenario('good', 'closed'), scenario('bad', 'closed')]);
    await write('elsewhere.json', scenario('bad elsewhere', 'closed'));
    const again = await run('--last-failed');
    t.equal(again.exitCode, 1);
    t.match(again.stdout, '? 1 inconclusive, 2 passed  3 scenarios, 3 probes, ');
    t.equal((await run('--last-failed', '--list')).stdout, list[1]);

    const [note = ''] = await readdir(join(state, 'loopfw'));
    t.equal((await stat(join(state, 'loopfw', note))).mode & 0o777, 0o600);
    t.equal((await stat(join(state, 'loopfw'))).mode & 0o777, 0o700);
    await write('scenarios/b.json', [scenario('vague', 'closed')]);
    t.equal((await run('--last-failed')).exitCode, 0);
    t.match((await run('--last-failed')).stderr, NOTHING);
    t.strictSame(await readdir(join(state, 'loopfw')), [], 'nothing is left behind');
  });
}

t.test('each folder has notes of its own; a file that is gone is forgotten', async (t) => {
  const [first, second] = [await makeSuite(), await makeSuite()];
  await first.write('scenarios/a.json', scenario('bad', 'dropped'));
  t.equal((await first.run()).exitCode, 1);
  const other = await loopfw(['run', '--last-failed'], { cwd: second.folder, env: { XDG_STATE_HOME: first.state } });
  t.equal(other.exitCode, 2);
  t.equal((await first.run('--last-failed')).exitCode, 1);
  await rm(join(first.folder, 'scenarios/a.json'));
  t.match((await first.run('--last-failed')).stderr, NOTHING);
  await first.write('scenarios/c.json', scenario('other', 'closed'));
  t.match((await first.run('--last-failed', 'scenarios')).stderr, /none failed the last time|no scenario of this folder/);
});

t.test('without XDG_STATE_HOME the home folder has them, and a relative path does not count', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'loopfw-home-'));
  for (const XDG_STATE_HOME of ['', 'relative']) {
    const { write, run } = await makeSuite({ env: { XDG_STATE_HOME, HOME: home } });
    await write('scenarios/a.json', scenario('bad', 'dropped'));
    t.equal((await run()).exitCode, 1);
    t.equal((await run('--last-failed')).exitCode, 1);
  }
  t.equal((await readdir(join(home, '.local/state/loopfw'))).length, 2);
});

t.test('a folder that cannot be written to changes no run, and a broken note counts as none', async (t) => {
  const { write, run, state } = await makeSuite();
  await write('scenarios/a.json', scenario('bad', 'dropped'));
  await writeFile(state, 'a file');
  const { exitCode, stderr } = await run();
  t.equal(exitCode, 1);
  t.equal(stderr, '');
  await rm(state);
  t.equal((await run()).exitCode, 1);
  const [note = ''] = await readdir(join(state, 'loopfw'));
  t.match(await readFile(join(state, 'loopfw', note), 'utf8'), '"name":"bad"');
  for (const text of ['', '{', '{}', '[1, null]']) {
    await writeFile(join(state, 'loopfw', note), text);
    t.match((await run('--last-failed')).stderr, NOTHING);
  }
});

t.test("root writes nothing into another user's folder", { skip: process.getuid?.() === 0 ? false : 'needs root' }, async (t) => {
  const ordinary = await makeSuite({ ordinary: true });
  await ordinary.write('scenarios/a.json', scenario('bad', 'dropped'));
  t.equal((await ordinary.run()).exitCode, 1);
  const before = await readdir(join(ordinary.state, 'loopfw'));
  const root = await makeSuite({ env: { XDG_STATE_HOME: ordinary.state } });
  await root.write('scenarios/a.json', scenario('bad', 'dropped'));
  t.equal((await root.run()).exitCode, 1);
  t.strictSame(await readdir(join(ordinary.state, 'loopfw')), before);
});
