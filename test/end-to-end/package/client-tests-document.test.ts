// The commands of docs/client-tests.md: its recipes print what the document says, and its other commands are accepted.
import t from 'tap';
import { makeProject } from '../../support/installed.js';
import { loopfw } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';

const DOCUMENT = 'docs/client-tests.md';
const COMMAND = /^\$ loopfw (.*)$/;
const text = readDocument(DOCUMENT);
const blocks = getBlocks(text);
const folder = await makeProject(Object.fromEntries(blocks.flatMap(({ title, text }) => (title === '' ? [] : [[title, text]]))));

const recipes = blocks.filter(({ language }) => language === 'console');
t.ok(recipes.length >= 8);
for (const { heading, text } of recipes) {
  const [command = '', ...expected] = text.trimEnd().split('\n');
  t.test(`${heading}: ${command}`, async (t) => {
    const args = COMMAND.exec(command)?.[1]?.split(' ') ?? [];
    const { exitCode, stdout, stderr } = await loopfw(args, { cwd: folder });
    t.equal(exitCode, expected.at(-1)?.endsWith(': never touched') ? 1 : 0, stdout + stderr);
    t.strictSame(findMissing(expected, `${stdout}${stderr}`.split('\n')), [], stdout + stderr);
  });
}

/** Commands in tables start suites that are not here. */
const others = [...text.matchAll(/`loopfw (exec [^`]*) -- [^`]*`/g)].map(([, args = '']) => args);
t.ok(others.length >= 8);
for (const args of others) {
  t.test(`the options of ${args}`, async (t) => {
    const { exitCode, stderr } = await loopfw([...args.split(' '), '--', 'true'], { cwd: folder });
    t.match(stderr, /^[\w-]+ [\w.:]+: never touched\n$/);
    t.equal(exitCode, args.includes('--expect-hit') ? 1 : 0);
  });
}

/** The lines that are not printed, or not in this order. A document may leave lines out. */
function findMissing(expected: string[], printed: string[]): string[] {
  return expected.filter((line) => {
    const place = printed.indexOf(line);
    printed.splice(0, place + 1);
    return place === -1;
  });
}
