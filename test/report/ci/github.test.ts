// Commands for GitHub Actions, read as its runner reads them.
import t from 'tap';
import type { Result } from '../../../src/model/result.js';
import { hideCommands } from '../../../src/report/ci/annotations.js';
import { reportGithub } from '../../../src/report/ci/github.js';
import { getRepositoryPath, type Pipeline } from '../../../src/report/shared/pipeline.js';
import { readResultFile } from '../../support/result.js';
import { HOSTILE, spoil } from '../../support/spoil.js';

const EVERY = readResultFile(new URL('../every-status.json', import.meta.url));
const HEADLINE = 'expected refused, saw timeout, answer-eaten; without the rules connected';
const COMMANDS = [
  'error',
  'warning',
  'notice',
  'debug',
  'group',
  'endgroup',
  'add-mask',
  'echo',
  'stop-commands',
  'set-output',
  'save-state',
];

interface Command {
  name: string;
  properties: Record<string, string>;
  data: string;
}

/** The command of a line of a log; null for a line without one. Both forms that the runner knows. */
function parseCommand(line: string): Command | null {
  const [, name = '', properties = '', data = ''] =
    /^\s*::([^ ]*?)(?: (.*?))?::(.*)$/.exec(line) ?? /##\[([^ \]]*)(?: ([^\]]*))?\](.*)$/.exec(line) ?? [];
  if (!COMMANDS.includes(name.toLowerCase())) {
    return null;
  }
  const pairs = properties.split(',').map((pair) => pair.split(/=(.*)/s, 2));
  return { name, properties: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, unescape(value)])), data: unescape(data) };
}

function unescape(text: string): string {
  const escapes = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
  return Object.entries(escapes).reduce((rest, [escape, character]) => rest.replaceAll(escape, character), text);
}

function report(result: Result, pipeline?: Pipeline): Command[] {
  const text = reportGithub(result, { color: false, pipeline });
  return text === ''
    ? []
    : text
        .slice(0, -1)
        .split('\n')
        .map((line) => parseCommand(line)!);
}

function repeat(count: number, status: 'failed' | 'inconclusive'): Result {
  const [scenario] = EVERY.scenarios;
  const probe = { ...scenario!.probes[2]!, status };
  return { ...EVERY, aborted: false, scenarios: [{ ...scenario!, warnings: [], probes: Array.from({ length: count }, () => probe) }] };
}

t.test('what did not pass, with its place; what passed is silent', async (t) => {
  const commands = report(EVERY);
  t.strictSame(
    commands.map(({ name, properties }) => [name, properties]),
    [
      ['error', { file: 'scenarios/every.json', line: '12', col: '7', title: `one of everything › app → web #2: failed, ${HEADLINE}` }],
      ['error', { file: 'scenarios/every.json', line: '14', col: '7', title: 'one of everything › app → web #4: error' }],
      ['error', { file: 'scenarios/b.json', line: '1', col: '1', title: 'could not run › the scenario: error' }],
      ['error', { title: 'loopfw › the run: error' }],
      ['warning', { file: 'scenarios/every.json', line: '13', col: '7', title: 'one of everything › app → web #3: inconclusive' }],
      ['warning', { file: 'scenarios/every.json', line: '7', col: '5', title: 'unknown-interface' }],
    ],
  );
  t.match(
    commands[0]?.data,
    /^Expected refused, observed timeout .*\nwhy not: Rule 0 .*\nadvice: Give .*\nhint: What .*\nmore: loopfw explain answer-eaten$/,
  );
  t.strictSame(report({ ...repeat(0, 'failed'), scenarios: [] }), []);
});

t.test('hostile texts make no command and no property of their own', async (t) => {
  const spoilt = spoil(EVERY, (text) => `${text} ${HOSTILE}`);
  const expected = report(EVERY);
  const commands = report(spoilt);
  t.strictSame(
    commands.map(({ name, properties }) => [name, Object.keys(properties)]),
    expected.map(({ name, properties }) => [name, Object.keys(properties)]),
  );
  t.match(commands[0]?.properties['title'], '::error:: ##[error] %0A %25 ,line=1');
  t.match(commands[0]?.data, '::error:: ##[error] %0A %25 ,line=1');
});

t.test('GitHub shows ten of a kind: nine, and how many there are more', async (t) => {
  for (const [status, name] of [
    ['failed', 'error'],
    ['inconclusive', 'warning'],
  ] as const) {
    t.strictSame(
      report(repeat(10, status)).map(({ properties }) => properties['title']?.includes(`: ${status}`)),
      new Array(10).fill(true),
    );
    const commands = report(repeat(25, status));
    t.equal(commands.length, 10);
    t.match(commands.at(-1), { name, properties: { title: 'and 16 others' } });
  }
});

t.test('paths are those of the repository', async (t) => {
  const pipeline: Pipeline = { kind: 'github', folder: '/builds/repo/tests', repository: '/builds/repo' };
  t.equal(report(EVERY, pipeline)[0]?.properties['file'], 'tests/scenarios/every.json');
  const paths = {
    'a.json': 'tests/a.json',
    '../a.json': 'a.json',
    '/builds/repo/b/a.json': 'b/a.json',
    '..a.json': 'tests/..a.json',
    '/builds/repository/a.json': null,
    '../../a.json': null,
    '<stdin>': null,
  };
  for (const [file, path] of Object.entries(paths)) {
    t.equal(getRepositoryPath(file, pipeline), path, file);
  }
  t.equal(getRepositoryPath('/builds/a.json', undefined), '/builds/a.json');
});

t.test('commands in the text of another report lose their meaning', async (t) => {
  const commands = ['::error::x', '  ::stop-commands::x', '\t::Warning file=a,line=1::x', 'a ##[error]x', '##[group]', '###[error]x'];
  for (const text of commands) {
    t.not(parseCommand(text), null, text);
    t.equal(parseCommand(hideCommands(`a\n${text}\nb`).split('\n')[1] ?? ''), null, text);
  }
  const harmless = 'a ::error::x\n::1 → ::2\n[::1]:80\n  ::ffff:127.0.0.1\n## heading\n# [x]\n\n';
  t.equal(hideCommands(harmless), harmless);
});
