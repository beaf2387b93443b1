// What the documents show is what the command does: their links lead somewhere, and their scenarios are run.
import { existsSync, readdirSync } from 'node:fs';
import { chmod, cp, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getBlocks, getHeadings, readDocument } from '../../support/markdown.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

const DOCS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const DECISIONS = DOCS.filter((path) => path.startsWith('docs/decisions/'));
const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'scenarios/README.md', 'examples/README.md', ...DOCS];

t.test('links lead somewhere', async (t) => {
  const broken = DOCUMENTS.flatMap((path) => {
    const prose = readDocument(path)
      .replace(/^```[\s\S]*?^```$/gm, '')
      .replace(/`[^`\n]+`/g, (code) => (code.includes('](') ? '' : code));
    const links = [...prose.matchAll(/\]\(([^)]+)\)|(?:src|srcset|href)="([^"]+)"/g)].map(([, link, source]) => link ?? source ?? '');
    return links.filter((link) => !link.includes('://') && !leadsSomewhere(path, link)).map((link) => `${path}: ${link}`);
  });
  t.strictSame(broken, []);
});

t.test('every page of docs can be reached from its index', async (t) => {
  const index = readDocument('docs/README.md');
  const missing = readdirSync(join(ROOT, 'docs')).filter(
    (name) => name !== 'README.md' && name !== 'pictures' && !index.includes(`](${name}`),
  );
  t.strictSame(missing, []);
});

function leadsSomewhere(path: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? path : join(dirname(path), file);
  return existsSync(join(ROOT, target)) && (anchor === undefined || toAnchors(getHeadings(readDocument(target))).includes(anchor));
}

/** As GitHub makes them: the second of two equal headings ends with -1. */
function toAnchors(headings: string[]): string[] {
  const plain = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
  return plain.map((anchor, place) => {
    const before = plain.slice(0, place).filter((other) => other === anchor).length;
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
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

/** With the scenario library, as in the checkout. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'loopfw-docs-'));
  await chmod(folder, 0o755);
  await cp(join(ROOT, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  return folder;
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

t.test('docs/command-line.md has every command', async (t) => {
  const { stdout } = await loopfw(['--help']);
  const commands = [...(stdout.split('Commands:')[1] ?? '').matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  const page = readDocument('docs/command-line.md');
  t.ok(commands.length > 10);
  t.strictSame(
    commands.filter((name) => name !== 'help' && !new RegExp(`^ *loopfw ${name}\\b`, 'm').test(page)),
    [],
  );
});
