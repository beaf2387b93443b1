// What `run` runs, when it stops, and how much of the rules must be reached.
import t from 'tap';
import { selectScenarios } from '../../../src/cli/commands/run/selection.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const RULES = ['-N unused', '-A INPUT -s 127.0.0.7 -j DROP', { name: 'all', chain: 'INPUT', target: 'ACCEPT' }];

/** A scenario of one probe that passes, or fails. */
function makeScenario(name: string, passes: boolean, tags: string[] = []) {
  return { name, tags, rules: RULES, probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: passes ? 'closed' : 'connected' }] };
}

const SUITE = JSON.stringify([
  makeScenario('first', true, ['quick']),
  makeScenario('second', false, ['quick', 'web']),
  makeScenario('third \u001b[2J', true, ['web']),
]);

t.test('selection', async (t) => {
  const scenarios = [
    { name: 'a one', tags: ['x'] },
    { name: 'b one', tags: ['x', 'y'] },
    { name: 'b two', tags: [] },
  ];
  const select = (tags: string[], grep: RegExp | null) => selectScenarios(scenarios, { tags, grep }).map(({ name }) => name);
  t.strictSame(select([], null), ['a one', 'b one', 'b two']);
  t.strictSame(select(['y', 'z'], null), ['b one']);
  t.strictSame(select(['x', 'y'], null), ['a one', 'b one']);
  t.strictSame(select([], /^b/), ['b one', 'b two']);
  t.strictSame(select(['x'], /^b/), ['b one']);
  t.strictSame(select(['z'], null), []);
});

t.test('--list names what would run and runs nothing', async (t) => {
  const all = await loopfw(['run', '--list', '-'], { input: SUITE });
  t.strictSame(all, {
    exitCode: 0,
    stdout: '<stdin>: first [quick] (1 probe)\n<stdin>: second [quick, web] (1 probe)\n<stdin>: third \\u{1b}[2J [web] (1 probe)\n',
    stderr: '',
  });
  const some = await loopfw(['run', '--list', '--tag', 'web', '--grep', '^s', '-'], { input: SUITE });
  t.equal(some.stdout, '<stdin>: second [quick, web] (1 probe)\n');
  const env = { LOOPFW_TAG: 'quick', LOOPFW_GREP: 'ir' };
  t.equal((await loopfw(['run', '--list', '-'], { input: SUITE, env })).stdout, '<stdin>: first [quick] (1 probe)\n');
});

t.test('nothing to run, and options that cannot be, are usage errors', async (t) => {
  const cases: [string[], RegExp][] = [
    [['--tag', 'wbe'], /of 3 scenarios none has the tag wbe \(did you mean "web"\?\); the tags there are: quick, web\n/],
    [['--tag', 'a', '--tag', 'b', '--grep', '^z'], /none has the tag a or b and a name that matches \/\^z\/; /],
    [['--list', '--grep', 'zz'], /none has a name that matches \/zz\/\n/],
    [['--grep', '('], /--grep.*Unterminated group/],
    [['--min-coverage', '101'], /Expected a number from 0 to 100/],
    [['--min-coverage', '-1'], /Expected a number from 0 to 100/],
    [['--min-coverage', 'all'], /Expected a number from 0 to 100/],
  ];
  for (const [args, message] of cases) {
    const { exitCode, stdout, stderr } = await loopfw(['run', ...args, '-'], { input: SUITE });
    t.equal(exitCode, 2, args.join(' '));
    t.match(stderr, message);
    t.equal(stdout, '');
  }
});

t.test('--bail stops after the first that does not pass', async (t) => {
  for (const [args, env] of [
    [['--bail'], {}],
    [['--fail-fast'], {}],
    [[], { LOOPFW_BAIL: '1' }],
  ] as [string[], Record<string, string>][]) {
    const ended = await loopfw(['run', '-r', 'json', ...args, '-'], { input: SUITE, env });
    t.equal(ended.exitCode, 1);
    t.equal(ended.stderr, 'loopfw: --bail left out 1 scenario, after the first that did not pass\n');
    t.match(readResult(ended), { aborted: false, summary: { scenarios: 2, passed: 1, failed: 1 } });
  }
  const whole = await loopfw(['run', '-r', 'json', '-'], { input: SUITE, env: { LOOPFW_BAIL: '0' } });
  t.equal(readResult(whole).summary.scenarios, 3);
  const passing = await loopfw(['run', '-r', 'json', '--bail', '--tag', 'web', '--grep', 'third', '-'], { input: SUITE });
  t.match(passing, { exitCode: 0, stderr: '' });
});

t.test('--min-coverage fails a run whose probes reach too few of the rules', async (t) => {
  const args = ['run', '--grep', 'first', '-'];
  const enough = await loopfw([...args, '--min-coverage', '50'], { input: SUITE });
  t.match(enough, { exitCode: 0, stderr: '' });
  t.match(enough.stdout, 'rules: 1 of 2 reached (50 %); --coverage lists the other one\n');
  const low = await loopfw(args, { input: SUITE, env: { LOOPFW_MIN_COVERAGE: '50.5' } });
  t.equal(low.exitCode, 1);
  t.equal(
    low.stderr,
    'loopfw: rule coverage: expected at least 50.5 %, observed 50 % (1 of 2 rules that a probe can reach); --coverage lists the others\n',
  );
});

t.test('a variable that is neither 1 nor 0 is a usage error, before anything runs', async (t) => {
  for (const [args, variable] of [
    [['run', '-'], 'LOOPFW_STRICT'],
    [['run', '-'], 'LOOPFW_BAIL'],
    [['check', '-'], 'LOOPFW_STRICT'],
    [['merge', '-'], 'LOOPFW_STRICT'],
    [['probe', '127.0.0.1', '127.0.0.1:80'], 'LOOPFW_NO_ADVICE'],
  ] as const) {
    const { exitCode, stdout, stderr } = await loopfw([...args], { input: SUITE, env: { [variable]: 'yes' } });
    t.strictSame([exitCode, stdout, stderr], [2, '', `loopfw: ${variable}: expected 1 or 0, found "yes"\n`], args.join(' '));
  }
  t.equal((await loopfw(['version'], { env: { LOOPFW_STRICT: 'yes' } })).exitCode, 0, 'a command without the option does not ask');
});
