// What a newcomer types: a file without "run", a folder with other files in it, a pattern, a misspelt name.
import t, { type Test } from 'tap';
import { loopfw } from '../../support/loopfw.js';

const makeText = (name: string) =>
  JSON.stringify({ name, tags: ['web'], probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'closed' }] });

const makeFolder = (t: Test) =>
  t.testdir({
    'package.json': '{ "name": "shop", "scripts": {} }',
    'tsconfig.json': '{ "compilerOptions": {} /* none */ }',
    'result.json': '{ "version": 1, "scenarios": [{ "name": "x", "probes": [] }] }',
    'first.json': makeText('first'),
    deep: { deeper: { 'second.json': makeText('second') } },
    'none.d': { 'package.json': '{}' },
  });

t.test('a file without the word run', async (t) => {
  const folder = makeFolder(t);
  t.match(await loopfw(['first.json', '-r', 'tap'], { cwd: folder }), { exitCode: 0, stdout: /^ok 1 - first$/m });
  t.match(await loopfw(['deep'], { cwd: folder }), { exitCode: 0, stdout: /second/ });
  t.match(await loopfw(['-'], { cwd: folder, input: makeText('piped') }), { exitCode: 0, stdout: /piped/ });
  t.match(await loopfw(['frist.json'], { cwd: folder }), {
    exitCode: 2,
    stderr: /no such file or folder \(did you mean "first\.json"\?\)/,
  });
  t.match(await loopfw(['rnu'], { cwd: folder }), { exitCode: 2, stderr: /unknown command 'rnu'\n\(Did you mean run\?\)/ });
});

t.test('a folder: what looks like a scenario is run, and the rest is named', async (t) => {
  const folder = makeFolder(t);
  t.match(await loopfw(['run', '.'], { cwd: folder }), {
    exitCode: 0,
    stdout: /✔ 2 passed {2}2 scenarios, 2 probes, /,
    stderr: 'loopfw: skipped 4 files without a scenario: ./none.d/package.json, ./package.json, ./result.json and 1 more\n',
  });
  t.match(await loopfw(['check', 'none.d'], { cwd: folder }), {
    exitCode: 2,
    stderr: /^none\.d:1:1: error: nothing in it looks like a scenario: none\.d\/package\.json\n/,
  });
  // Who names a file means it.
  t.match(await loopfw(['check', 'package.json'], { cwd: folder }), { exitCode: 2, stderr: /^package\.json:1:\d+: error: .*"scripts"/m });
});

t.test('a mistake in a scenario does not make it another file', async (t) => {
  const texts = [
    '{ "name": "x", "probes": [',
    '{',
    '{ name: "x" }',
    '{ "name": "x", "clients": { "a": "127.0.0.1" } }',
    '[{ "rules": [] }]',
    '',
  ];
  for (const text of texts) {
    const folder = t.testdir({ 'x.json': text });
    t.match(await loopfw(['run', '.'], { cwd: folder }), { exitCode: 2, stderr: /x\.json:\d+:\d+: error: / }, text);
  }
});

t.test('patterns that no shell has replaced', async (t) => {
  const folder = makeFolder(t);
  const list = async (pattern: string) => (await loopfw(['run', '--list', pattern], { cwd: folder })).stdout;
  t.equal(await list('f*.json'), 'first.json: first [web] (1 probe)\n');
  t.equal(await list('**/*second.json'), 'deep/deeper/second.json: second [web] (1 probe)\n');
  t.equal(await list(`${folder}/d??p`), `${folder}/deep/deeper/second.json: second [web] (1 probe)\n`);
  t.match(await loopfw(['check', 'x*.json'], { cwd: folder }), {
    exitCode: 2,
    stderr: /x\*\.json:1:1: error: nothing matches this pattern/,
  });
});

t.test('without a name, and without the folder that is then meant', async (t) => {
  for (const command of ['run', 'check']) {
    t.match(await loopfw([command], { cwd: makeFolder(t) }), {
      exitCode: 2,
      stdout: '',
      stderr: /there is no folder "scenarios" here: .*loopfw init NAME/,
    });
  }
});

t.test('the input with the problems is called by its name', async (t) => {
  const folder = t.testdir({
    'bad.v4': '*filter\n-A INPUT -j DORP\nCOMMIT\n',
    'x.json': JSON.stringify({
      name: 'x',
      ruleset: { file: 'bad.v4' },
      probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'closed' }],
    }),
    'y.json': '{}',
  });
  const misspelt = JSON.stringify({ name: 'z', ruleset: { file: 'bda.v4' }, probes: [] });
  const { stderr } = await loopfw(['check', '-'], { cwd: folder, input: misspelt });
  t.match(stderr, /no such file or folder \(did you mean "bad\.v4"\?\) \(\/ruleset\/file\)/);
  const check = async (...args: string[]) => (await loopfw(['check', ...args], { cwd: folder })).stderr.split('\n').at(-2);
  t.equal(await check('x.json'), '1 problem in the rule set');
  t.equal(await check('y.json'), '2 problems in the scenario files');
  t.equal(await check('x.json', 'y.json'), '3 problems in the scenario files and the rule set');
});
