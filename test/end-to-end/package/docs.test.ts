// What the documents show is what the command does: their scenarios are run, and what they say was printed is printed.
import { existsSync, readdirSync } from 'node:fs';
import { chmod, cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getBlocks, getHeadings, readDocument } from '../../support/markdown.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

const PAGES = readdirSync(join(ROOT, 'docs/verdicts')).map((name) => `docs/verdicts/${name}`);
const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`);
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...PAGES,
  ...DECISIONS,
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

t.test('links lead somewhere', async (t) => {
  const broken = DOCUMENTS.flatMap((path) => {
    const prose = readDocument(path).replace(/^```[\s\S]*?^```$/gm, '');
    const links = [...prose.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
    return links.filter((link) => !link.includes('://') && !leadsSomewhere(path, link)).map((link) => `${path}: ${link}`);
  });
  t.strictSame(broken, []);
});

function leadsSomewhere(path: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? path : join(dirname(path), file);
  return existsSync(join(ROOT, target)) && (anchor === undefined || getHeadings(readDocument(target)).map(toAnchor).includes(anchor));
}

/** As GitHub makes them. */
function toAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

t.test('a decision has context, choice and price, and a place in the index', async (t) => {
  const index = readDocument('docs/decisions/README.md');
  for (const path of DECISIONS.filter((path) => !path.endsWith('/README.md'))) {
    const [title = '', ...sections] = getHeadings(readDocument(path));
    const name = path.replace('docs/decisions/', '');
    t.strictSame(sections, ['Context', 'Choice', 'Price'], name);
    t.match(title, new RegExp(`^${Number.parseInt(name)} · `), name);
    t.ok(index.includes(`](${name})`), `the index has ${name}`);
  }
});

for (const path of ['README.md', ...PAGES]) {
  const blocks = getBlocks(readDocument(path));
  for (const { text } of blocks.filter(({ language }) => language === 'console')) {
    const [command = '', ...expected] = text.split('\n');
    const args = /^\$ loopfw ((?:run|probe) .*)$/.exec(command)?.[1];
    if (args !== undefined) {
      t.test(`${path}: ${command}`, async (t) => {
        const folder = await makeFolder();
        const file = args.split(' ').at(-1) ?? '';
        const scenario = blocks.find(({ language }) => language.startsWith('json'));
        if (scenario !== undefined && !existsSync(join(folder, file)) && file.endsWith('.json')) {
          await writeFile(join(folder, file), scenario.text);
        }
        // As an ordinary user: one of the examples is what such a user cannot do.
        const { stdout, stderr } = await loopfw(splitWords(args), { cwd: folder, ordinary: true, env: { COLUMNS } });
        t.equal(stderr, '');
        t.strictSame(findMissing(expected, stdout.split('\n')), []);
      });
    }
  }
}

/** The screens of the documents are those of a terminal with so many columns. */
const COLUMNS = '100';

/** With the scenario library, as in the checkout. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-docs-'));
  await chmod(folder, 0o755);
  await cp(join(ROOT, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  return folder;
}

function splitWords(text: string): string[] {
  return [...text.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

/** The lines that are not printed, or not in this order. A document may leave lines out. */
function findMissing(expected: string[], printed: string[]): string[] {
  const rest = printed.map(normalize);
  return expected.filter((line) => {
    const place = rest.indexOf(normalize(line));
    rest.splice(0, place + 1);
    return line !== '' && place === -1;
  });
}

/** Without what differs from run to run: times, and with them the blanks before the right edge; ports that were free, versions. */
function normalize(line: string): string {
  return line
    .replace(/\d+(\.\d+)? (m?s)\b/g, '# $2')
    .replace(/:(3[2-9]|[456]\d)\d{3}\b/g, ':#')
    .replace(/v\d+\.\d+\.\d+/g, 'v#')
    .replace(/(\S) {2,}/g, '$1  ')
    .trimEnd();
}

t.test('every scenario of docs/scenarios.md passes', async (t) => {
  const blocks = getBlocks(readDocument('docs/scenarios.md'));
  t.strictSame(
    blocks.filter(({ language }) => language === 'jsonc'),
    [],
  );
  const folder = await makeFolder();
  for (const { title, text } of blocks.filter(({ title }) => title !== '')) {
    await writeFile(join(folder, title), text);
  }
  const scenarios = blocks.filter(({ language }) => language === 'json').map((block, place) => ({ ...block, file: `${place}.json` }));
  await Promise.all(scenarios.map(({ file, text }) => writeFile(join(folder, file), text)));
  for (const options of [[], ['--allow-commands']]) {
    const own = scenarios.filter(({ text }) => text.includes('"command"') === options.includes('--allow-commands'));
    const ended = await loopfw(['run', '-r', 'json', ...options, ...own.map(({ file }) => join(folder, file))]);
    t.equal(ended.exitCode, 0, ended);
    for (const { heading, file } of own) {
      const found = readResult(ended).scenarios.filter((scenario) => scenario.file.endsWith(`/${file}`));
      t.ok(found.length > 0 && found.every(({ status }) => status === 'passed'), heading, { found });
    }
  }
});
