// Several rule set files in one world, on the real kernel: all of them judge a packet.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getVerdicts, readResult } from '../../support/result.js';

const FOLDER = 'test/end-to-end/rulesets/several';

t.test(`${FOLDER} passes, and an ordinary user sees the same`, async (t) => {
  const [own, ordinary] = await Promise.all([
    loopfw(['run', '-r', 'json', FOLDER]),
    loopfw(['run', '-r', 'json', FOLDER], { ordinary: true }),
  ]);
  t.equal(own.exitCode, 0, own.stderr);
  t.strictSame(getVerdicts(readResult(ordinary)), getVerdicts(readResult(own)));
});

t.test('indices run on through the files in their order; each rule has its file, its line and its count', async (t) => {
  const result = readResult(await loopfw(['run', '-r', 'json', '--grep', 'a native table', FOLDER]));
  const [scenario] = result.scenarios;
  const rules = scenario?.rules ?? [];
  t.strictSame(
    rules.map(({ index }) => index),
    rules.map((_, place) => place),
  );
  t.strictSame(
    rules.map(({ file, line }) => `${file?.split('/').at(-1) ?? ''}:${line}`),
    [4, 11, 12, 13, 14, 15, 16]
      .map((line) => `rules.v4:${line}`)
      .concat(['more.nft:4', 'more.nft:5', 'rules.v6:5', 'rules.v6:6', 'rules.v6:7']),
  );
  t.strictSame(
    [0, 7, 11].map((index) => rules[index]?.packets),
    [1, 2, 1],
  );
  t.match(scenario?.loaded, [
    { file: /rules.v4$/, phase: null, backend: 'nft', rules: 7 },
    { file: /more.nft$/, rules: 2 },
    { file: /rules.v6$/, rules: 3 },
  ]);
});

t.test('the report says what was loaded, and in which order it is asked', async (t) => {
  const { stdout } = await loopfw(['run', '--grep', 'several native', FOLDER]);
  t.match(stdout, /loaded, in this order: early.nft \(nft, 1 rule\) · rules.v4 \(nft, 7 rules\) · more.nft \(nft, 2 rules\)/);
  t.match(stdout.replace(/\s+/g, ' '), 'All of them judge a packet; within a hook and priority, the one loaded last is asked first.');
});

t.test('--ruleset several times, with coverage', async (t) => {
  const folder = t.testdir({
    'x.json': JSON.stringify({ name: 'x', probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:82', expect: 'dropped' }] }),
  });
  const files = ['rules.v4', 'rules.v6', 'more.nft'].flatMap((name) => ['--ruleset', `${FOLDER}/${name}`]);
  const args = [...files, '--min-coverage', '50', `${folder}/x.json`];
  const ran = await loopfw(['run', ...args]);
  t.equal(ran.exitCode, 1);
  t.match(ran.stdout, /dropped by rule 10 native \(more.nft:4\)/);
  t.match(ran.stderr, /expected at least 50 %, observed \d+\.?\d* % \(1 of 12 rules\); no probe reached .*\(rules.v4:4\)/);
  t.match(await loopfw(['check', ...files, `${folder}/x.json`]), { exitCode: 0, stdout: 'no problems: 1 file, 1 scenario, 1 probe\n' });
  t.match(await loopfw(['check', '--ruleset', '-', '--ruleset', '-', folder]), {
    exitCode: 2,
    stderr: /Standard input can be read only once/,
  });
});
