// The command line as people and programs use it.
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { makeProgram } from '../../../src/cli/program/program.js';
import { REPORTERS } from '../../../src/report/reporters.js';
import { loopfw, run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

const FOUNDING = 'scenarios/reject.json';
const MISTAKES = `{
  "name": "five mistakes",
  "servers": { "web": "tcp://127.0.0.2:8000", "twin": "tcp://0.0.0.0:8000" },
  "clients": { "app": "127.0.0.1" },
  "rules": [
    "-A INPUT -p tcp --dprt 80 -j DROP",
    { "chain": "INPUT", "target": "REJECT", "rejectWith": "nonsense" }
  ],
  "probes": [
    { "from": "ap", "to": "web", "expect": "refused" },
    { "from": "app", "to": "web", "expect": "conected" }
  ]
}
`;

t.test('help, examples and version', async (t) => {
  for (const args of [['--help'], ['run', '--help'], ['check', '--help'], ['doctor', '--help']]) {
    const { exitCode, stdout, stderr } = await loopfw(args);
    t.equal(exitCode, 0, args.join(' '));
    t.match(stdout, 'Examples:');
    t.equal(stderr, '');
  }
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  t.equal((await loopfw(['--version'])).stdout, `${version}\n`);
});

t.test('help fits the terminal, but for examples, which are copied', async (t) => {
  const program = makeProgram(() => {});
  for (const width of [60, 80, 100]) {
    for (const command of [program, ...program.commands]) {
      let text = '';
      command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => width });
      command.outputHelp();
      const tooLong = text.split('\n').filter((line) => line.length > width && !line.startsWith('  $ ') && line.trim().includes(' '));
      t.strictSame(tooLong, [], `${command.name()} at ${width}`);
    }
  }
});

t.test('usage errors exit 2 and say what is wrong', async (t) => {
  const cases: [string[], RegExp][] = [
    [['rnu'], /unknown command 'rnu'[\s\S]*Did you mean run/],
    [['run', '--patience', 'forever', FOUNDING], /Allowed choices are proof, full/],
    [['run', '-r', 'xml', FOUNDING], new RegExp(`unknown reporter "xml": expected one of ${Object.keys(REPORTERS).join(', ')}\n`)],
    [['run', '-r', 'json', '-r', 'human', FOUNDING], /only one reporter can have standard output/],
    [['run', '-r', 'json=', FOUNDING], /the file's name is missing/],
    [['run', 'no-such-file.json'], /no-such-file\.json:1:1: error: /],
    [['run', 'docs/none'], /docs\/none:1:1: error: /],
  ];
  for (const [args, message] of cases) {
    const { exitCode, stdout, stderr } = await loopfw(args);
    t.equal(exitCode, 2, args.join(' '));
    t.match(stderr, message);
    t.equal(stdout, '');
  }
});

t.test('five mistakes are five diagnostics at their places, and nothing runs', async (t) => {
  for (const command of ['run', 'check']) {
    const { exitCode, stdout, stderr } = await loopfw([command, '-'], { input: MISTAKES });
    t.equal(exitCode, 2);
    t.equal(stdout, '');
    const places = [...stderr.matchAll(/^<stdin>:(\d+):(\d+): error: .* \((.*)\)$/gm)].map(
      ([, line, column, pointer]) => `${line}:${column} ${pointer}`,
    );
    t.strictSame(places, [
      '3:55 /servers/twin',
      '6:5 /rules/0',
      '7:59 /rules/1/rejectWith',
      '10:15 /probes/0/from',
      '11:45 /probes/1/expect',
    ]);
    t.match(stderr, 'did you mean "connected"?');
    t.match(stderr, 'did you mean "app"?');
  }
});

t.test('check counts what is in order', async (t) => {
  const { exitCode, stdout, stderr } = await loopfw(['check', 'scenarios']);
  t.equal(exitCode, 0);
  t.match(stdout, /^no problems: \d+ files, \d+ scenarios, \d+ probes\n$/);
  t.equal(stderr, '', 'no scenario has a warning');
});

t.test('a failed expectation says what was expected and observed, by which rule, and how to mend it', async (t) => {
  const scenario = {
    name: 'one address',
    servers: { web: 'tcp://127.0.0.1:8000' },
    rules: [{ name: 'no-client', chain: 'INPUT', source: '127.0.0.1', target: 'REJECT' }],
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'refused', hint: 'what the author says' }],
  };
  const { exitCode, stdout } = await loopfw(['run', '-'], { input: JSON.stringify(scenario) });
  t.equal(exitCode, 1);
  const text = stdout.replace(/\s+/g, ' ');
  t.match(text, 'expected refused, saw timeout, answer-eaten; without the rules connected');
  t.match(text, 'give the server an address of its own, such as 127.0.0.2');
  t.match(text, '-I INPUT 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT');
  t.match(text, 'hint: what the author says');
  t.match(
    text,
    /tcp syn 127\.0\.0\.1:\d+ → 127\.0\.0\.1:8000 .* INPUT ✖━┓ reject by rule 0 no-client: -A INPUT -s .* icmp port-unreachable 127\.0\.0\.1 → 127\.0\.0\.1 ✖ INPUT .* the same rule again: rule 0 no-client/,
  );
});

t.test('reports go where they are asked to, whole or not at all', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-report-'));
  const file = join(folder, 'result.json');
  const both = await loopfw(['run', '-r', 'human', '-r', `json=${file}`, FOUNDING]);
  t.equal(both.exitCode, 0);
  t.match(both.stdout, /✔ 4 passed {2}1 scenario, 4 probes, /);
  t.equal(readResult({ ...both, stdout: await readFile(file, 'utf8') }).summary.passed, 4);
  t.strictSame(await readdir(folder), ['result.json']);
  const nowhere = await loopfw(['run', '-r', `json=${folder}/missing/result.json`, FOUNDING]);
  t.equal(nowhere.exitCode, 2);
  t.match(nowhere.stderr, 'cannot write');
});

t.test('LOOPFW_ variables mirror the options', async (t) => {
  t.equal(readResult(await loopfw(['run', FOUNDING], { env: { LOOPFW_REPORTER: 'json' } })).summary.probes, 4);
});

t.test('colour only where it is wanted', async (t) => {
  const escape = '\u001b[';
  t.notMatch((await loopfw(['run', FOUNDING])).stdout, escape);
  t.match((await loopfw(['run', FOUNDING], { env: { FORCE_COLOR: '1' } })).stdout, escape);
});

t.test('a reader that closes early is no error', async (t) => {
  const shell = `set -o pipefail; node dist/bin.js run -r json scenarios/filtering scenarios/topologies | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await run('bash', ['-c', shell]);
  t.match(stdout, /^\{\n0\n$/);
  t.equal(stderr, '');
});

t.test('what a file says cannot steer the terminal', async (t) => {
  const scenario = {
    name: 'evil \u001b[2J name',
    probes: [{ name: '\u202e reversed', from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'connected', hint: 'bell \u0007' }],
  };
  const { stdout, exitCode } = await loopfw(['run', '-'], { input: JSON.stringify(scenario) });
  t.equal(exitCode, 1);
  t.notMatch(stdout, /[\u001b\u0007\u202e]/);
  t.match(stdout, 'evil \\u{1b}[2J name');
});

t.test('a blocked outcome that the rules had no part in is inconclusive', async (t) => {
  const scenario = { name: 'closed anyway', probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:9', expect: 'refused' }] };
  const ended = await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) });
  t.equal(ended.exitCode, 1);
  const [probe] = readResult(ended).scenarios[0]!.probes;
  t.match(probe, { status: 'inconclusive', cause: 'no-listener', control: { outcome: 'refused' } });
});

t.test('a file with a typo in its JSON stops everything', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-typo-'));
  await writeFile(join(folder, 'a.json'), await readFile(join(ROOT, FOUNDING)));
  await writeFile(join(folder, 'b.json'), '{ "name": "b" "probes": [] }');
  const { exitCode, stdout, stderr } = await loopfw(['run', folder]);
  t.equal(exitCode, 2);
  t.equal(stdout, '');
  t.match(
    stderr,
    `${folder}/b.json:1:14: error: a comma is missing before "probes"\n  1 | { "name": "b" "probes": [] }\n    |              ^\n`,
  );
});
