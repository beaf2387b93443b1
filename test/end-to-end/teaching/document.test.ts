// docs/teaching.md is a session: its commands are typed in their order, and print what it shows.
import { writeFileSync } from 'node:fs';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getBlocks, readDocument } from '../../support/markdown.js';

const DOCUMENT = 'docs/teaching.md';
/** The screens of the documents are those of a terminal with so many columns. */
const COLUMNS = '100';

t.test('every screen of docs/teaching.md is printed', async (t) => {
  const folder = t.testdir({});
  let commands = 0;
  for (const { language, title, text } of getBlocks(readDocument(DOCUMENT))) {
    if (title !== '') {
      writeFileSync(`${folder}/${title}`, text);
    }
    const [command = '', ...expected] = language === 'console' ? text.trimEnd().split('\n') : [];
    const args = /^\$ loopfw (.*)$/.exec(command)?.[1];
    if (args === undefined) {
      continue;
    }
    commands++;
    // The lines of the tour are not wrapped in the document.
    const env: Record<string, string> = args === 'tour' ? {} : { COLUMNS };
    const { exitCode, stdout, stderr } = await loopfw(args.split(' '), { cwd: folder, env });
    t.match({ exitCode, stderr }, { exitCode: expected.some((line) => line.includes('✖')) ? 1 : 0, stderr: '' }, command);
    t.strictSame(findMissing(expected, stdout.split('\n')), [], command);
  }
  t.equal(commands, 9);
});

/** The lines that are not printed, or not in this order. The document leaves lines out. */
function findMissing(expected: string[], printed: string[]): string[] {
  const rest = printed.map(withoutTimes);
  return expected.filter((line) => {
    const place = rest.indexOf(withoutTimes(line));
    rest.splice(0, place + 1);
    return place < 0;
  });
}

/** Times and the ports of clients differ from run to run. */
function withoutTimes(line: string): string {
  return line
    .replace(/ +[\d.]+ ms\b/g, ' # ms')
    .replace(/ +proved\b/g, ' proved')
    .replace(/:3[2-9]\d{3}\b/g, ':#');
}
