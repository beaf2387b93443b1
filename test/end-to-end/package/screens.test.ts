// Every screen that a document shows is printed by the command above it. `UPDATE=1` writes the screens that differ.
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { type Ended, run } from '../../support/loopfw.js';
import { getBlocks, getScreens, readDocument } from '../../support/markdown.js';
import { getPackage, ROOT } from '../../support/package.js';
import { isPrinted, normalize, replaceScreen } from '../../support/screens.js';

/** The screens are those of a terminal with so many columns. */
const COLUMNS = '100';

/** The pages of `loopfw explain` leave lines out of a screen without a mark. On all others, `…` is in place of what is left out. */
const LEAVES_OUT = /^docs\/verdicts\//;

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'scenarios/README.md', ...listDocuments('docs')];

function listDocuments(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** Tests that run a page as a whole begin so. */
const RUNS_PAGE = ["const DOCUMENT = '", "getBlocks(readDocument('"];
const OTHER_TESTS = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && !/\/package\/(docs|screens)\.test\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(ROOT, 'test', name), 'utf8') }));

for (const path of DOCUMENTS) {
  const other = OTHER_TESTS.find(({ text }) => RUNS_PAGE.some((begin) => text.includes(`${begin}${path}'`)));
  if (other !== undefined) {
    t.comment(`${path} has a test of its own: ${other.name}`);
    continue;
  }
  const blocks = getBlocks(readDocument(path));
  const screens = blocks.filter(({ language, notRun }) => language === 'console' && notRun === null);
  if (screens.length > 0) {
    t.test(path, async (t) => {
      const folder = await makeFolder();
      t.teardown(() => rmSync(folder, { recursive: true, force: true }));
      for (const block of blocks) {
        if (block.title !== '') {
          writeFileSync(join(folder, block.title), block.text);
        } else if (screens.includes(block)) {
          for (const { command, lines } of getScreens(block)) {
            writeUntitled(folder, blocks, command);
            const printed = await call(folder, command);
            if (!isPrinted(lines, printed, LEAVES_OUT.test(path))) {
              if (process.env['UPDATE'] === '1' && !lines.includes('…')) {
                replaceScreen(join(ROOT, path), command, lines, printed);
              } else {
                t.strictSame(lines.map(normalize), printed.map(normalize), `${path}: $ ${command}`);
              }
            } else {
              t.pass(`${path}: $ ${command}`);
            }
          }
        }
      }
    });
  }
}

t.test('a screen that is not run says why', (t) => {
  const reasons = DOCUMENTS.flatMap((path) =>
    getBlocks(readDocument(path)).flatMap(({ notRun }) => (notRun === null ? [] : [{ path, notRun }])),
  );
  t.strictSame(
    reasons.filter(({ notRun }) => notRun.length < 10),
    [],
  );
  t.end();
});

/** Runs a command as an ordinary user: one of the examples is what such a user cannot do. What it prints is in the order of a terminal. */
async function call(folder: string, command: string): Promise<string[]> {
  const env = { COLUMNS, PATH: `${folder}/bin:${process.env['PATH'] ?? ''}` };
  const { stdout }: Ended = await run('sh', ['-c', `exec 2>&1; ${command}`], { cwd: folder, ordinary: true, env });
  return stdout.trimEnd().split('\n');
}

/** A folder with the scenario library, as in the checkout, and with the commands loopfw and npx. */
async function makeFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'loopfw-screens-'));
  const { folder: root } = await getPackage(true);
  cpSync(join(ROOT, 'scenarios'), join(folder, 'scenarios'), { recursive: true });
  mkdirSync(join(folder, 'bin'));
  for (const [name, text] of [
    ['loopfw', `exec node '${root}/dist/bin.js' "$@"`],
    ['npx', 'exec "$@"'],
  ] as const) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  for (const writable of [folder, join(folder, 'scenarios')]) {
    chmodSync(writable, 0o777);
  }
  return folder;
}

/** The first scenario of a document without a title is the file that a command names. */
function writeUntitled(folder: string, blocks: ReturnType<typeof getBlocks>, command: string): void {
  const file = /(\S+\.json)$/.exec(command)?.[1];
  const scenario = blocks.find(({ language, title }) => language.startsWith('json') && title === '');
  if (file !== undefined && scenario !== undefined && !existsSync(join(folder, file))) {
    writeFileSync(join(folder, file), scenario.text);
  }
}
