// `include` in an nft file: what is read, in which order, with which lines; and what is not read, with the reason.
import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import t from 'tap';
import { findMatches } from '../../../src/input/files/glob.js';
import { loadScenarios } from '../../../src/input/load-scenarios.js';
import { SpecError } from '../../../src/model/errors.js';
import type { NftText } from '../../../src/model/scenario.js';
import { printDiagnostic } from '../../../src/report/shared/diagnostics.js';
import { locateNftLine } from '../../../src/words/nft-lines.js';

const SCENARIO = JSON.stringify({
  name: 'a',
  ruleset: { file: 'nft/main.nft' },
  probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' }],
});

/** The text with its lines: `file:line text`. */
function showLines({ text, sources }: NftText): string[] {
  return text.split('\n').map((line, place) => {
    const found = locateNftLine(sources, place + 1);
    return `${found.file}:${found.line} ${line}`;
  });
}

/** The lines of the rule set; or what is printed of problems. The test's own folder is left out. */
async function load(folder: string, options: { rulesets?: string[] } = {}): Promise<string[]> {
  try {
    const [scenario] = await loadScenarios([`${folder}/a.json`], options);
    const natives = scenario?.phases[0]?.ruleSet?.natives ?? [];
    return natives.flatMap(showLines).map((line) => line.replaceAll(`${folder}/`, ''));
  } catch (error) {
    if (!(error instanceof SpecError)) {
      throw error;
    }
    return error.diagnostics.map((diagnostic) => printDiagnostic(diagnostic).replaceAll(`${folder}/`, ''));
  }
}

t.test('files and patterns come in the order of their names, and every word keeps its place', async (t) => {
  const folder = t.testdir({
    'a.json': SCENARIO,
    'above.nft': '# above\n',
    nft: {
      'main.nft':
        'include "../above.nft"\ntable ip x {\n  chain i {\n    tcp dport 1 drop; include "rules.d/[a-b1]*.nft" # both\n    tcp dport 9 drop\n  }; include "./none-*"; chain o {}\n}\n',
      'rules.d': {
        'b.nft': 'tcp dport 3 drop\n',
        'a.nft': '# comment\ntcp dport 2 drop\n',
        'c.nft': 'tcp dport 4 drop\n',
        '.a.nft': 'tcp dport 5 drop\n',
        'a-folder.nft': {},
      },
    },
  });
  const expected = [
    'above.nft:1 # above',
    'nft/main.nft:2 table ip x {',
    'nft/main.nft:3   chain i {',
    'nft/main.nft:4     tcp dport 1 drop; \\',
    'nft/rules.d/a.nft:1 # comment',
    'nft/rules.d/a.nft:2 tcp dport 2 drop',
    'nft/rules.d/b.nft:1 tcp dport 3 drop',
    'nft/main.nft:5     tcp dport 9 drop',
    'nft/main.nft:6   }; \\',
    'nft/main.nft:6                          chain o {}',
    'nft/main.nft:7 }',
    'nft/main.nft:8 ',
  ];
  t.strictSame(await load(folder), expected);
  t.match(await load(folder, { rulesets: [`${folder}/nft/main.nft`] }), [
    `nft/main.nft:1:1: error: include "../above.nft": expected a path inside the scenario's folder: copy the files into that folder, and write their path from the folder of the rule set file`,
  ]);
});

t.test('a file without a last line feed goes on in the file that includes it, as with nft', async (t) => {
  const folder = t.testdir({
    'a.json': SCENARIO,
    nft: {
      'main.nft': 'table ip x {\n chain i {\n  include "./rule"\n\n  include "./comment"\n  include "./rule"\n }\n}',
      rule: 'tcp dport 1 drop',
      comment: 'tcp dport 2 drop # here',
    },
  });
  const [scenario] = await loadScenarios([`${folder}/a.json`]);
  const native = scenario?.phases[0]?.ruleSet?.natives[0];
  if (native === undefined) {
    throw new Error('no native rule set');
  }
  t.equal(
    native.text,
    'table ip x {\n chain i {\ntcp dport 1 drop\\\n\ntcp dport 2 drop # here\ntcp dport 1 drop\\\n }\n}',
    'a backslash joins lines, but none behind a comment',
  );
  t.strictSame(
    native.openEnds.map((end) => native.text.slice(0, end).split('\n').at(-1)),
    ['tcp dport 2 drop # here', '}'],
  );
});

t.test('an include that follows such a file is a part of its last line for nft', async (t) => {
  const folder = t.testdir({
    'a.json': SCENARIO,
    nft: {
      'main.nft': 'include "./open"\ninclude "./ended"\ninclude "./open"\n\ninclude "./open"; \\\n include "./ended"\n',
      open: 'define a = 1',
      ended: 'define b = 1;',
    },
  });
  t.match(await load(folder), [
    /^nft\/main\.nft:2:1: error: include "\.\/ended": the file that is included before has no line feed at its end/,
    /^nft\/main\.nft:6:2: error: include "\.\/ended": the file that is included before/,
  ]);
});

t.test('a problem has its own line, in the file that has it', async (t) => {
  const folder = t.testdir({
    'a.json': SCENARIO,
    nft: {
      'main.nft': 'table ip x {\n chain i {\n  include "./rule"\n  tcp dport 80 queue\n }\n}\n',
      rule: '# one\n ip saddr myhost drop\n include "./deeper"\n',
      deeper: '\n\n  meta nftrace set 0\n',
    },
  });
  t.match(await load(folder), [
    'nft/rule:2:11: error: "myhost" is refused',
    'nft/deeper:3:8: error: nftrace is refused',
    'nft/main.nft:4:16: error: queue is refused',
  ]);
});

t.test('what is not read, with the reason and the place of the include', async (t) => {
  const names: Record<string, RegExp> = {
    '/etc/hostname': /expected a path inside the scenario's folder: copy/,
    '../../other/x.nft': /expected a path inside the scenario's folder: copy/,
    '/etc/*': /expected a path inside the scenario's folder: copy/,
    './link': /a symbolic link leads out of the scenario's folder$/,
    './outside/x.nft': /a symbolic link leads out of the scenario's folder$/,
    './lin*': /nft\/link: a symbolic link leads out of the scenario's folder$/,
    './missing.nft': /no such file or folder$/,
    './folder': /expected a file, found something else$/,
    './fifo': /expected a file, found something else$/,
    './main.nft': /it includes itself$/,
    './m*.nft': /nft\/main.nft: it includes itself$/,
    './loop.nft': /it includes itself$/,
    './many/*': /more than 256 files$/,
    './bytes': /expected UTF-8 text$/,
    './deep0': /files include each other more than 16 deep$/,
  };
  const deep = Object.fromEntries(Array.from({ length: 17 }, (_, place) => [`deep${place}`, `include "./deep${place + 1}"\n`]));
  const folder = t.testdir({
    other: { 'x.nft': 'table ip other {}\n' },
    s: {
      'a.json': SCENARIO,
      nft: {
        'main.nft': '',
        ...deep,
        'loop.nft': '\n include "./loop2"\n',
        loop2: 'include "./loop.nft"\n',
        folder: {},
        bytes: Buffer.from([0xff, 0xfe]),
        many: Object.fromEntries(Array.from({ length: 257 }, (_, place) => [`f${place}`, ''])),
        link: t.fixture('symlink', '../../other/x.nft'),
        outside: t.fixture('symlink', '../../other'),
      },
    },
  });
  execFileSync('mkfifo', [`${folder}/s/nft/fifo`]);
  const { writeFileSync } = await import('node:fs');
  for (const [path, reason] of Object.entries(names)) {
    writeFileSync(`${folder}/s/nft/main.nft`, `# one\n  include "${path}"\n`);
    const printed = await load(`${folder}/s`);
    t.equal(printed.length, 1, printed.join('\n'));
    t.match(printed[0], reason, path);
    if (!/loop|deep/.test(path)) {
      t.match(printed[0], /^nft\/main\.nft:2:3: error: include ".*": /);
    }
  }
  writeFileSync(
    `${folder}/s/nft/main.nft`,
    `table ip x { include "${realpathSync(folder)}/s/nft/good" }\ninclude "./a" "./b"\ninclude ./a\n`,
  );
  t.match(await load(`${folder}/s`), [/^nft\/main\.nft:1:14: error: include is refused/, /main\.nft:2:1: /, /main\.nft:3:1: /]);
});

t.test('a string that a file leaves open does not swallow the file that includes it', async (t) => {
  const folder = t.testdir({
    'a.json': SCENARIO,
    nft: { 'main.nft': 'include "./open"\n# "\ntable ip x {}\n', open: '# fine\ndefine a = "x\n' },
  });
  t.strictSame(await load(folder), ['nft/open:2:12: error: the string that begins here has no end']);
});

t.test('patterns of names', async (t) => {
  const folder = t.testdir({ a1: '', a2: '', ab: '', 'a]': '', 'a-': '', b: { a1: '', '.h': '' }, '.h': '' });
  const find = async (pattern: string) =>
    (await findMatches(folder, pattern, () => Promise.resolve(true), 100))?.map((path) => path.slice(folder.length + 1)) ?? null;
  t.strictSame(await find('a?'), ['a-', 'a1', 'a2', 'a]', 'ab']);
  t.strictSame(await find('a[0-9]'), ['a1', 'a2']);
  t.strictSame(await find('a[!0-9]'), ['a-', 'a]', 'ab']);
  t.strictSame(await find('a[]-]'), ['a-', 'a]']);
  t.strictSame(await find('a[12'), []);
  t.strictSame(await find('*/a*'), ['b/a1']);
  t.strictSame(await find('*'), ['a-', 'a1', 'a2', 'a]', 'ab']);
  t.strictSame(await find('.*'), ['.h']);
  t.strictSame(await find('*b'), ['ab']);
  t.equal(await findMatches(folder, '*', () => Promise.resolve(true), 3), null);
  t.strictSame(await findMatches(folder, '*', () => Promise.resolve(false), 3), []);
  const long = 'a'.repeat(200);
  const started = performance.now();
  t.strictSame(await find(`${'*a'.repeat(100)}${long}b`), []);
  t.ok(performance.now() - started < 1000);
});
