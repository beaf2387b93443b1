import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { type LoadOptions, loadScenarios } from '../../../src/input/load-scenarios.js';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import { SpecError } from '../../../src/model/errors.js';
import { printDiagnostic, printWarning } from '../../../src/report/shared/diagnostics.js';
import { loopfw } from '../../support/loopfw.js';

const RULES = '*filter\n-A INPUT -m comment --comment ssh -p tcp --dport 22 -j ACCEPT\nCOMMIT\n';
const BAD = '*filter\n-A INPUT -m nfacct --nfacct-name x -j DROP\n-A INPUT -j nowhere\n-A INPUT -p tcp -j TEE\nCOMMIT\n';

function makeText(name: string, more: object, expect: unknown = { rule: 'ssh' }, tags: string[] = []): string {
  return JSON.stringify({ name, tags, ...more, probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect }] });
}

/** What is printed of errors, or else of warnings; the test's own folder is left out. */
async function getPrinted(folder: string, files: string[], options: LoadOptions = {}): Promise<string[]> {
  try {
    const scenarios = await loadScenarios(
      files.map((file) => `${folder}/${file}`),
      options,
    );
    return scenarios.flatMap(({ warnings }) => warnings).map((warning) => printWarning(warning).replaceAll(`${folder}/`, ''));
  } catch (error) {
    if (!(error instanceof SpecError)) {
      throw error;
    }
    return error.diagnostics.map((diagnostic) => printDiagnostic(diagnostic).replaceAll(`${folder}/`, ''));
  }
}

/** Replaces a file by a link, and that by the file, as fast as it can. */
const REPLACER = `
const { linkSync, renameSync, symlinkSync } = require('node:fs');
const [, name, target] = process.argv;
linkSync(name, 'kept');
for (;;) {
  symlinkSync(target, 'next');
  renameSync('next', name);
  linkSync('kept', 'next');
  renameSync('next', name);
}`;

t.test('a link out that comes after the look is not followed either', async (t) => {
  const folder = t.testdir({
    'rules.v4': RULES.replace('ssh', 'outside'),
    s: { 'rules.v4': RULES, 'a.json': makeText('a', { ruleset: { file: 'rules.v4' } }, { rule: 'outside' }) },
  });
  const replacer = spawn(process.execPath, ['-e', REPLACER, 'rules.v4', '../rules.v4'], { cwd: `${folder}/s`, stdio: 'ignore' });
  const seen = new Set<string>();
  for (let time = 0; time < 5000 && (time < 1000 || seen.size < 2); time++) {
    const lines = await getPrinted(folder, ['s/a.json']);
    seen.add(lines.length === 0 ? 'read' : lines.join().includes('leads out') ? 'refused' : 'inside');
  }
  // Before the folder is removed, in which it works.
  replacer.kill('SIGKILL');
  await once(replacer, 'exit');
  t.strictSame([...seen].sort(), ['inside', 'refused']);
});

t.test('files that are not read, with the reason', async (t) => {
  const files: Record<string, unknown> = {
    absolute: '/etc/passwd',
    above: 'sub/../../rules.v4',
    link: 'link',
    outside: 'outside/rules.v4',
    missing: 'missing',
    folder: 'sub',
    itself: '.',
    nul: 'a\0b',
    fifo: 'fifo',
    empty: 'empty',
    words: 'words',
    sets: 'ipset.save',
    inside: 'inside',
  };
  const folder = t.testdir({
    other: { 'rules.v4': RULES },
    s: {
      'rules.v4': RULES,
      sub: {},
      empty: '\n',
      words: 'hello',
      'ipset.save': 'create a hash:ip\nadd a 192.0.2.1\n',
      'rules.json': makeText('rules', { ipsets: { file: 'rules.v4' } }, 'dropped'),
      link: t.fixture('symlink', '/etc/passwd'),
      outside: t.fixture('symlink', '../other'),
      inside: t.fixture('symlink', 'rules.v4'),
      ...Object.fromEntries(Object.entries(files).map(([name, file]) => [`${name}.json`, makeText(name, { ruleset: { file } })])),
      'both.json': makeText('both', { ruleset: { file: 'rules.v4' }, rules: [] }),
    },
  });
  execFileSync('mkfifo', [`${folder}/s/fifo`]);
  t.strictSame(
    await getPrinted(
      `${folder}/s`,
      [...Object.keys(files), 'both', 'rules'].map((name) => `${name}.json`),
    ),
    [
      "absolute.json:1:48: error: expected a path inside the scenario's folder, found an absolute one: copy the file into that folder (/ruleset/file)",
      "above.json:1:45: error: expected a path inside the scenario's folder, found one with ..: copy the file into that folder (/ruleset/file)",
      "link.json:1:44: error: a symbolic link leads out of the scenario's folder (/ruleset/file)",
      "outside.json:1:47: error: a symbolic link leads out of the scenario's folder (/ruleset/file)",
      'missing.json:1:47: error: no such file or folder (/ruleset/file)',
      'folder.json:1:46: error: expected a file, found something else (/ruleset/file)',
      'itself.json:1:46: error: expected a file, found something else (/ruleset/file)',
      'nul.json:1:43: error: no path has a NUL character (/ruleset/file)',
      'fifo.json:1:44: error: expected a file, found something else (/ruleset/file)',
      'empty.json:1:45: error: the file is empty (/ruleset/file)',
      'words.json:1:45: error: the text looks neither like iptables-save nor like iptables commands nor like nft: say which with "format" (/ruleset/file)',
      'sets.json:1:44: error: this is a file of ipsets, not of rules: write "ipsets": { "file": … } in the scenario (/ruleset/file)',
      'both.json:1:26: error: "ruleset" and "rules" exclude each other: the file is the whole rule set (/ruleset)',
      'rules.json:1:44: error: this is a file of rules, not of ipsets: write "ruleset": { "file": … } (/ipsets/file)',
    ],
  );
});

t.test("a file's problems stand beside the scenario's, and once", async (t) => {
  const folder = t.testdir({
    'rules.v4': BAD,
    'a.json': makeText('a', { ruleset: { file: 'rules.v4' } }, 'dropt'),
    'b.json': makeText('b', { ruleset: { file: 'rules.v4' }, tags: 5 }, 'dropped'),
  });
  const printed = await getPrinted(folder, ['a.json', 'b.json']);
  t.match(printed, [
    /^a\.json:1:\d+: error: expected .* found "dropt"/,
    'rules.v4:2:1: error: -m nfacct is refused: it needs an accounting object, and a world has none',
    /^rules\.v4:4:1: error: target TEE is refused/,
    /^b\.json:1:\d+: error: expected an array/,
  ]);
  t.equal(printed.length, 4);
});

t.test('--ruleset takes the place of the rules of what is selected', async (t) => {
  const folder = t.testdir({
    rules: RULES,
    bad: BAD,
    'a.json': makeText('a', { phases: [{ name: 'p', rules: ['-A INPUT -j DROP'] }] }, { rule: 'ssh' }, ['real']),
    'b.json': makeText('b', { rules: [{ name: 'own', chain: 'INPUT', target: 'DROP' }] }, { rule: 'own' }),
  });
  const files = ['a.json', 'b.json'];
  t.match(await getPrinted(folder, files), [/^a.json:1:\d+: error: no rule "ssh"/]);
  t.match(await getPrinted(folder, files, { rulesets: [`${folder}/rules`] }), [/^b.json:1:\d+: error: no rule "own"/]);
  const selects: LoadOptions['selects'] = ({ tags }) => tags.includes('real');
  t.strictSame(await getPrinted(folder, files, { rulesets: [`${folder}/rules`], selects }), []);
  t.strictSame(await getPrinted(folder, ['a.json'], { rulesets: [`${folder}/missing`] }), ['missing:1:1: error: no such file or folder']);
  t.match(await getPrinted(folder, ['a.json'], { rulesets: [`${folder}/bad`] }), [/^bad:2:1: /, /^bad:4:1: /]);
  const [a] = await loadScenarios([`${folder}/a.json`], { rulesets: [`${folder}/rules`] });
  t.match(a?.phases, [{ ruleSet: { rules: [{ name: 'ssh', file: /\/rules$/, line: 2 }], natives: [] } }, { name: 'p', ruleSet: null }]);
});

t.test('what is probably not meant is a warning', async (t) => {
  const folder = t.testdir({
    'rules.v4':
      '*filter\n:web - [0:0]\n-A INPUT -s 127.0.0.9 -j DROP\n-A INPUT -j web\n-A INPUT -i eth+ -j DROP\n-A INPUT -i lo -j ACCEPT\n' +
      '-A FORWARD ! -i eth0 -o l+ -j DROP\n-A FORWARD -i eth0 -j DROP\n-A web -i lo -m comment --comment all -j ACCEPT\nCOMMIT\n',
    'a.json': makeText('a', { ruleset: { file: 'rules.v4' } }, 'connected'),
    'b.json': makeText(
      'b',
      { rules: ['-A INPUT -i lo -p tcp -j ACCEPT', '-A OUTPUT -o ppp0 -j DROP', '-A INPUT -i lo -j ACCEPT'] },
      'connected',
    ),
  });
  t.match(await getPrinted(folder, ['a.json', 'b.json']), [
    'rules.v4:5:1: warning: the world has no interface "eth+", only lo: no packet comes or goes by it. Describe it in "interfaces" or "bridges" (unknown-interface)',
    /^rules.v4:7:1: warning: the world has no interface "eth0"/,
    /^rules.v4:9:1: warning: this rule accepts all that comes in by lo, and every probe is on lo.* \(lo-accepts-all\)$/,
    /^b.json:1:\d+: warning: the world has no interface "ppp0"/,
  ]);
});

t.test('a library gives the texts itself', async (t) => {
  const text = makeText('a', { ruleset: { file: 'rules.v4' } });
  const { scenarios } = parseScenarios(text, 'a.json', { rulesets: new Map([['rules.v4', { text: RULES }]]) });
  t.match(scenarios, [{ phases: [{ ruleSet: { rules: [{ name: 'ssh' }] } }] }]);
  t.match(parseScenarios(text, 'a.json').diagnostics, [{ message: 'the text of this file is not given', pointer: '/ruleset/file' }]);
});

t.test('the command line', async (t) => {
  const folder = t.testdir({ rules: RULES, 'a.json': makeText('a', { rules: ['-A INPUT -i eth0 -j DROP'] }, 'closed') });
  const stdin = await loopfw(['run', '-r', 'json', '--ruleset', '-', `${folder}/a.json`], { input: RULES });
  t.match(stdin, { exitCode: 0, stderr: '', stdout: /"name": "ssh"/ });
  const variable = await loopfw(['check', `${folder}/a.json`], { env: { LOOPFW_RULESET: `${folder}/rules` } });
  t.match(variable, { exitCode: 0, stderr: '' });
  const own = await loopfw(['run', `${folder}/a.json`]);
  t.match(own, { exitCode: 0, stderr: '', stdout: /warning: the world has no interface "eth0"/ });
  const both = await loopfw(['run', '--ruleset', '-', '-']);
  t.match(both, { exitCode: 2, stderr: /standard input can be read only once/ });
  const two = await loopfw(['check', '--ruleset', `${folder}/rules`, '--ruleset', `${folder}/rules`, `${folder}/a.json`]);
  t.match(two, { exitCode: 2, stderr: /rules:1:1: error: iptables-restore empties table filter, where .*rules has put rules before/ });
});

t.test('a byte order mark, which the program that reads the file refuses', async (t) => {
  const mark = '\uFEFF';
  const folder = t.testdir({
    'rules.v4': mark + RULES,
    'rules.nft': 'include "marked.nft"\n',
    'marked.nft': `${mark}table ip x {\n}\n`,
    'fw.sh': `${mark}iptables -A INPUT -j DROP\niptables -A OUTPUT -j ACCEPT\n`,
    'sets.save': `${mark}create a hash:ip\n`,
    'a.json': makeText('a', { ruleset: { file: 'rules.v4' } }),
    'b.json': makeText('b', { ruleset: { file: 'rules.nft' } }),
    'c.json': makeText('c', { ruleset: { file: 'fw.sh' } }),
    'd.json': makeText('d', { ipsets: { file: 'sets.save' } }, 'closed'),
    'e.json': mark + makeText('e', {}, 'closed'),
  });
  for (const name of ['a', 'b', 'c', 'd']) {
    t.match((await getPrinted(folder, [`${name}.json`])).join('\n'), /begins with a byte order mark \(U\+FEFF\)/, name);
  }
  t.strictSame(await getPrinted(folder, ['e.json']), [], 'a scenario may have one');
});
