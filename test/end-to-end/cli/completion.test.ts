// The Tab key in bash, zsh and fish, and the commands that only print.
import { mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw, run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

/** A command line, the last word of which is unfinished, and what can be in its place. */
const CASES: [string[], string[]][] = [
  [['r'], ['report', 'rules', 'run']],
  [['run', '--pati'], ['--patience']],
  [
    ['run', '--patience', ''],
    ['full', 'proof'],
  ],
  [
    ['run', '-r', 'h'],
    ['html', 'human'],
  ],
  [
    ['check', '-'],
    ['--ruleset', '--strict', '--help'],
  ],
  [
    ['explain', 'E'],
    ['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENETUNREACH', 'EPERM', 'ESTABLISHED', 'ETIMEDOUT'],
  ],
  [
    ['probe', '--expect', 'c'],
    ['closed', 'connected'],
  ],
  [['schema', 'r'], ['result']],
  [
    ['diff', '-r', ''],
    ['human', 'json', 'markdown', 'github', 'html'],
  ],
  [['diff', '--b'], ['--before']],
  [
    ['exec', '--fault', 're'],
    ['refused=', 'reply-lost=', 'reset-established='],
  ],
  [['exec', '-r', ''], ['json=']],
  [
    ['exec', '--backend', ''],
    ['nft', 'legacy'],
  ],
];
const FILES = ['run', 'scenarios/rej'];

async function complete(words: string[]): Promise<string[]> {
  const { exitCode, stdout } = await loopfw(['complete', '--', ...words]);
  t.equal(exitCode, 0);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t')[0] ?? '');
}

/** A shell that finds loopfw in PATH. */
async function runShell(shell: 'bash' | 'fish' | 'zsh', args: string[], script: string) {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-shell-'));
  await symlink(join(ROOT, 'dist/bin.js'), join(folder, 'loopfw'));
  await writeFile(join(folder, 'script'), script);
  const env = { PATH: `${folder}:${process.env['PATH']}`, HOME: folder };
  return run('timeout', ['60', shell, ...args, join(folder, 'script')], { env });
}

const hasShell = (shell: string) =>
  existsSync(`/usr/bin/${shell}`) || process.env['CI'] ? false : `${shell} is not installed: script/setup --tests`;

t.test('what can be in the place of the last word', async (t) => {
  for (const [words, expected] of CASES) {
    t.strictSame((await complete(words)).toSorted(), expected.toSorted(), words.join(' '));
  }
  t.strictSame(await complete(FILES), [], 'files, which the shell knows');
  t.strictSame(await complete(['exec', '--', '--']), [], 'the options of another program');
  t.ok((await complete([''])).includes('completion'));
  t.notOk((await complete([''])).includes('complete'), 'a command for scripts only');
});

t.test('bash', async (t) => {
  const tries = [...CASES.map(([words]) => words), FILES].map((words) => {
    return `COMP_WORDS=(loopfw ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; COMPREPLY=(); _loopfw loopfw; echo "\${COMPREPLY[*]}"`;
  });
  const { stdout, stderr } = await runShell(
    'bash',
    [],
    `source <(loopfw completion bash)\ncompopt() { :; }\n${tries.join('\n')}\ncomplete -p loopfw`,
  );
  t.equal(stderr, '');
  const lines = stdout.split('\n').map((line) => line.split(' ').toSorted());
  t.strictSame(
    lines.slice(0, CASES.length),
    CASES.map(([, expected]) => expected.toSorted()),
  );
  t.match(stdout, /\n\ncomplete -o default -F _loopfw loopfw\n$/, 'files where nothing else is known');
});

t.test('fish', { skip: hasShell('fish') }, async (t) => {
  const tries = [...CASES.map(([words]) => words), FILES].map((words) => `complete -C 'loopfw ${words.join(' ')}'; echo`);
  const { stdout, stderr } = await runShell('fish', ['--no-config'], `loopfw completion fish | source\n${tries.join('\n')}`);
  t.equal(stderr, '');
  const groups = stdout.split('\n\n').map((group) => group.split('\n').map((line) => line.split('\t')[0]));
  t.strictSame(
    groups.slice(0, CASES.length).map((group) => group.toSorted()),
    CASES.map(([, expected]) => expected.toSorted()),
  );
  t.strictSame(groups[CASES.length], ['scenarios/reject.json', 'scenarios/rejecting/']);
});

t.test('zsh, in a terminal', { skip: hasShell('zsh') }, async (t) => {
  const script = `zmodload zsh/zpty
zpty z "zsh -f -i"
zpty -w z 'autoload -Uz compinit; compinit -u -D; source <(loopfw completion zsh); echo RE''ADY'
zpty -r -m z line '*READY*'
zpty -w -n z $'loopfw run --pati\\tf\\t scenarios/reject.j\\t'
zpty -r -m z line '*reject.json*'
print -r -- "$line"
zpty -d z`;
  const { stdout } = await runShell('zsh', ['-f'], script);
  // zsh writes the rest of each word, with escapes between them.
  t.match(stdout, /READY[^]*--patience[^]* full[^]* scenarios\/reject\.json/);
});

t.test('version, and the schemas as they are', async (t) => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  for (const args of [['version'], ['-V'], ['--version']]) {
    t.equal((await loopfw(args)).stdout, `${version}\n`, args.join(' '));
  }
  for (const [args, file] of [
    [[], 'scenario'],
    [['scenario'], 'scenario'],
    [['result'], 'result'],
    [['diff'], 'diff'],
  ] as const) {
    const { exitCode, stdout } = await loopfw(['schema', ...args]);
    t.equal(exitCode, 0);
    t.equal(stdout, await readFile(join(ROOT, `schema/${file}.json`), 'utf8'));
  }
  t.equal((await loopfw(['schema', 'other'])).exitCode, 2);
});

t.test('--color and --no-color win over the environment; -v is --verbose', async (t) => {
  const escape = '\u001b[';
  for (const args of [
    ['explain', 'local'],
    ['run', 'scenarios/reject.json'],
  ]) {
    t.match((await loopfw([...args, '--color'])).stdout, escape);
    t.match((await loopfw([...args, '--color'], { env: { NO_COLOR: '1' } })).stdout, escape);
    t.notMatch((await loopfw([...args, '--no-color'], { env: { FORCE_COLOR: '1' } })).stdout, escape);
    t.notMatch((await loopfw(args)).stdout, escape);
  }
  const [short, long] = await Promise.all(
    ['-v', '--verbose'].map((option) => loopfw(['run', option, 'scenarios/topologies/five-nodes.json'])),
  );
  const withoutTimes = (text = '') => text.replace(/[\d.]+ (?:ms|s)|:3\d{4}/g, '').replace(/ +/g, ' ');
  t.equal(withoutTimes(short?.stdout), withoutTimes(long?.stdout));
});
