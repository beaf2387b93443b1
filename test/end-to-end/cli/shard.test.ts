// Parts of a suite, and what merge makes of them.
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { getShard, takeShard } from '../../../src/cli/commands/run/shard.js';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import type { Result } from '../../../src/model/result.js';
import { orderFiles } from '../../../src/run/merge.js';
import { type Ended, loopfw } from '../../support/loopfw.js';
import { getVerdicts, readResult } from '../../support/result.js';

function makeScenario(name: string, { expect = 'closed', backend = ['nft'] } = {}) {
  const rules = [{ name: 'never', chain: 'INPUT', source: '127.0.0.7', target: 'DROP' }, '-A INPUT -j ACCEPT'];
  return { name, backend, rules, probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect }] };
}

const folder = await mkdtemp(join(tmpdir(), 'loopfw-shard-'));
// The path that comes first is given last.
await writeFile(
  join(folder, 'b.json'),
  JSON.stringify(
    ['z', 'y', 'x'].map((name) => makeScenario(name)),
    null,
    1,
  ),
);
await writeFile(
  join(folder, 'a.json'),
  JSON.stringify([makeScenario('w', { backend: ['legacy', 'nft'] }), makeScenario('v', { expect: 'connected' })]),
);
const runHere = (args: string[], env: Record<string, string> = {}) => loopfw(['run', ...args, 'b.json', 'a.json'], { cwd: folder, env });
const merge = (args: string[], input = '') => loopfw(['merge', ...args], { cwd: folder, input });
const list = ({ stdout }: Ended) => [...stdout.matchAll(/\.json: (\w) /g)].map(([, name]) => name).join('');
const describe = ({ scenarios }: Result) => scenarios.map(({ file, name, backend, status }) => [file, name, backend, status].join(' '));

t.test('who says which part it is', async (t) => {
  const gitlab = { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' };
  const kubernetes = { JOB_COMPLETION_INDEX: '0', LOOPFW_SHARD_TOTAL: '5' };
  t.equal(getShard(undefined, {}), null);
  t.match(getShard('2/5', { LOOPFW_SHARD: '1/2', ...gitlab, ...kubernetes }), { index: 2, total: 5, source: '--shard' });
  t.match(getShard(undefined, { LOOPFW_SHARD: '1/2', ...gitlab, ...kubernetes }), { index: 1, total: 2, source: 'LOOPFW_SHARD' });
  t.match(getShard(undefined, { ...gitlab, ...kubernetes }), { index: 1, total: 5, source: 'JOB_COMPLETION_INDEX and LOOPFW_SHARD_TOTAL' });
  t.match(getShard(undefined, gitlab), { index: 2, total: 3, source: 'CI_NODE_INDEX and CI_NODE_TOTAL' });
  t.equal(getShard(undefined, { CI_NODE_TOTAL: '1' }), null);
  t.equal(getShard(undefined, { JOB_COMPLETION_INDEX: '3' }), null);
});

t.test('every scenario is in one shard, and shards have as many runs as can be', async (t) => {
  const names = Array.from({ length: 23 }, (_, number) => `${number}`);
  const backends = (number: number) => (number % 2 === 0 ? ['nft', 'legacy'] : ['nft']);
  const input = JSON.stringify(names.map((name, number) => makeScenario(name, { backend: backends(number) })));
  const { scenarios } = parseScenarios(input, 'suite');
  const runsOfShards = [
    [35],
    [17, 18],
    [12, 11, 12],
    [7, 7, 8, 6, 7],
    [...Array.from({ length: 23 }, (_, place) => (place % 2 === 0 ? 2 : 1)), ...Array<number>(7).fill(0)],
  ];
  for (const expected of runsOfShards) {
    const total = expected.length;
    const shards = Array.from({ length: total }, (_, place) => takeShard(scenarios, { index: place + 1, total }));
    t.strictSame(
      shards
        .flat()
        .map(({ name }) => name)
        .sort((a, b) => Number(a) - Number(b)),
      names,
    );
    t.strictSame(
      shards.map((shard) => shard.flatMap((scenario) => scenario.backends).length),
      expected,
    );
  }
});

t.test('selection first, then the shard; who said so is told', async (t) => {
  const parts = [await runHere(['--list', '--shard', '1/2']), await runHere(['--list', '--shard', '2/2'])];
  t.strictSame(parts.map(list), ['zxv', 'yw']);
  t.strictSame(
    parts.map(({ stderr }) => stderr),
    ['loopfw: shard 1 of 2 (--shard): 3 of 5 scenarios\n', 'loopfw: shard 2 of 2 (--shard): 2 of 5 scenarios\n'],
  );
  t.equal(list(await runHere(['--list', '--grep', '[yx]', '--shard', '2/2'])), 'x');
  const gitlab = await runHere(['--list'], { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '3' });
  t.equal(list(gitlab), 'x');
  t.equal(gitlab.stderr, 'loopfw: shard 3 of 3 (CI_NODE_INDEX and CI_NODE_TOTAL): 1 of 5 scenarios; --shard 1/1 runs all\n');
  const whole = await runHere(['--list', '--shard', '1/1'], { CI_NODE_INDEX: '3', CI_NODE_TOTAL: '3', JOB_COMPLETION_INDEX: '1' });
  t.strictSame([list(whole), whole.stderr], ['zyxwv', '']);
  const pod = await runHere(['--list'], { JOB_COMPLETION_INDEX: '1' });
  t.strictSame(
    [list(pod), pod.stderr],
    ['zyxwv', 'loopfw: JOB_COMPLETION_INDEX is set, but LOOPFW_SHARD_TOTAL is not: the whole suite runs\n'],
  );
});

t.test('what is no shard', async (t) => {
  const cases: [string[], Record<string, string>, RegExp][] = [
    ...['0/2', '3/2', '1', '1/', '/2', '1/2/3', '-1/2', '1.5/2', '01/2', 'a/b', ''].map(
      (shard): [string[], Record<string, string>, RegExp] => [['--shard', shard], {}, /^loopfw: --shard: expected i\/n with i from 1 to n/],
    ),
    [[], { LOOPFW_SHARD: '3/2' }, /^loopfw: LOOPFW_SHARD: expected i\/n/],
    [[], { CI_NODE_INDEX: '0', CI_NODE_TOTAL: '2' }, /CI_NODE_TOTAL say "0" of "2": expected an index from 1 to total; --shard/],
    [[], { CI_NODE_INDEX: '1', CI_NODE_TOTAL: 'x' }, /say "1" of "x"/],
    [[], { JOB_COMPLETION_INDEX: '2', LOOPFW_SHARD_TOTAL: '2' }, /say "2" of "2": expected an index from 0 to total - 1/],
    [[], { LOOPFW_SHARD_TOTAL: '2' }, /JOB_COMPLETION_INDEX is not set: is the Job's completionMode Indexed\?/],
  ];
  for (const [args, env, message] of cases) {
    const { exitCode, stdout, stderr } = await runHere(args, env);
    t.strictSame([exitCode, stdout], [2, ''], JSON.stringify([args, env]));
    t.match(stderr, message);
  }
});

t.test('the parts of a suite come to the same as the whole', async (t) => {
  const shards = ['1/2', '2/2', '6/6'].map((shard, place) => [shard, `part-${place + 1}.json`] as const);
  const codes: (number | undefined)[] = [];
  const parts: Result[] = [];
  for (const [shard, file] of shards) {
    const ended = await runHere(['--shard', shard, '--min-coverage', '90', '-r', `json=${file}`]);
    t.match(ended.stderr, 'loopfw: --min-coverage is not asked of a shard: give it to loopfw merge\n');
    codes.push(ended.exitCode);
    parts.push(readResult({ ...ended, stdout: await readFile(join(folder, file), 'utf8') }));
  }
  t.strictSame(codes, [1, 0, 0], 'a shard without a scenario is in order');
  t.strictSame(parts[2]?.scenarios, []);

  const whole = await runHere(['-r', 'json']);
  const files = shards.map(([, file]) => file).reverse();
  const merged = await merge(['-r', 'json', ...files]);
  t.strictSame([merged.exitCode, merged.stderr], [whole.exitCode, '']);
  const [result, expected] = [readResult(merged), readResult(whole)];
  t.strictSame(describe(result), describe(expected));
  t.strictSame(getVerdicts(result), getVerdicts(expected));
  const { durationMs, ...counts } = result.summary;
  t.match(expected.summary, counts);
  t.equal(durationMs, Math.max(...parts.map(({ summary }) => summary.durationMs)));

  const low = await merge(['--min-coverage', '90', 'part-3.json', 'part-2.json']);
  t.equal(low.exitCode, 1);
  t.match(low.stderr, 'rule coverage: expected at least 90 %, observed 50 %');
  t.match(low.stdout, '✔ 3 passed  3 scenarios, 3 probes, ');
  t.equal((await merge(['part-3.json'])).exitCode, 2, 'no probe at all');
  t.equal((await merge(['part-3.json', '-'], JSON.stringify(parts[1]))).exitCode, 0);
});

t.test('everything that is wrong with the documents is said', async (t) => {
  const part = await readFile(join(folder, 'part-1.json'), 'utf8');
  await writeFile(join(folder, 'again.json'), part);
  await writeFile(join(folder, 'syntax.json'), '{\n  "version": 1,\n  "aborted": tru\n}');
  await writeFile(
    join(folder, 'schema.json'),
    part.replace('"aborted": false', '"aborted": 0, "abort": 1').replace('"observed",', '"seen",'),
  );
  await writeFile(join(folder, 'version.json'), '{ "version": 2 }');
  const files = ['part-1.json', 'part-1.json', 'again.json', 'syntax.json', 'schema.json', 'version.json', 'a.json', 'none.json', '-', '-'];
  const { exitCode, stdout, stderr } = await merge(
    ['-r', 'json=never.json', ...files],
    await readFile(join(folder, 'part-2.json'), 'utf8'),
  );
  t.strictSame([exitCode, stdout], [2, '']);
  const line = part.slice(0, part.indexOf('"name": "z"')).split('\n').length - 1;
  const decided = part.slice(0, part.indexOf('"decided"')).split('\n').length;
  const [messages, frames] = [stderr.split('\n').filter((text) => !text.startsWith(' ')), stderr.split('\n').slice(1, 3)];
  t.strictSame(frames, ['  3 |   "aborted": tru', '    |              ^'], 'with the line, as in scenario files');
  t.strictSame(messages, [
    'syntax.json:3:14: error: texts need quotes: write "tru"',
    'schema.json:3:14: error: expected true or false, found 0 (/aborted)',
    'schema.json:3:17: error: unknown key "abort" (did you mean "aborted"?) (/abort)',
    `schema.json:${decided}:22: error: expected "observed" or "proved", found "seen" (/scenarios/0/probes/0/decided)`,
    'version.json:1:14: error: expected version 1 of the result document, found 2 (/version)',
    'a.json:1:1: error: expected a result document, as loopfw run -r json writes it',
    'none.json:1:1: error: no such file or folder',
    '<stdin>:1:1: error: standard input can be read only once',
    `again.json:${line}:5: error: scenario "z" of b.json on nft is in part-1.json already; so are 2 others of this document (/scenarios/0)`,
    '9 problems in the result documents',
    '',
  ]);
  t.match(await merge([]), { exitCode: 2, stderr: /missing required argument 'files'/ });
  t.match(await merge(['-r', 'json', '-r', 'tap', 'part-1.json']), { exitCode: 2, stderr: /only one reporter/ });
});

t.test('parts from different machines, and one that was aborted', async (t) => {
  const change = async (file: string, values: Partial<Result['environment']>, aborted: boolean) => {
    const result = JSON.parse(await readFile(join(folder, file), 'utf8')) as Result;
    return JSON.stringify({ ...result, aborted, environment: { ...result.environment, ...values } });
  };
  const common = { loopfw: '1.0.0', node: 'v20.0.0', rootless: false };
  await writeFile(
    join(folder, 'one.json'),
    await change('part-2.json', { ...common, kernel: '6.1.0', iptables: 'v1.8.9 (nf_tables)' }, false),
  );
  await writeFile(join(folder, 'two.json'), await change('part-3.json', { ...common, kernel: '6.2.0', iptables: 'v1.8.9 (legacy)' }, true));
  const ended = await merge(['-r', 'json', '--min-coverage', '100', 'one.json', 'two.json']);
  t.equal(ended.exitCode, 1);
  t.equal(
    ended.stderr,
    'loopfw: kernel differs: 6.1.0 in one.json, 6.2.0 in two.json\nloopfw: two.json was aborted: what had not finished is left out\n',
  );
  const environment = { ...common, kernel: '6.1.0, 6.2.0', iptables: 'v1.8.9 (nf_tables), v1.8.9 (legacy)' };
  t.match(readResult(ended), { aborted: true, environment, summary: { scenarios: 3, passed: 3 } });
});

t.test('the order of files', async (t) => {
  t.strictSame(orderFiles([['b', 'c'], ['a', 'c'], []]), ['a', 'b', 'c']);
  t.strictSame(
    orderFiles([
      ['c', 'a'],
      ['b', 'a'],
      ['c', 'c', 'b'],
    ]),
    ['c', 'b', 'a'],
  );
  t.strictSame(
    orderFiles([
      ['a', 'b'],
      ['b', 'a'],
    ]),
    ['a', 'b'],
    'lists that contradict each other',
  );
});
