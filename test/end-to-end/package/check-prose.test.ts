// `npm run check:prose` finds what is too long, where it is, and nothing in code, tables and headings.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ROOT } from '../../support/package.js';

const words = (count: number) => Array.from({ length: count }, (_, index) => `w${index}`).join(' ');

t.test('a short text is in order, whatever its code, tables and headings hold', (t) => {
  const text = `# ${words(40)}\n\nShort \`${words(40)}\` here.\n\n| ${words(40)} |\n\n\`\`\`sh\n${words(40)}\n\`\`\`\n<!-- ${words(40)} -->\n`;
  t.match(checkProse(t.testdir(), text), {
    status: 0,
    stderr: '',
    stdout: /: 3 words in 1 sentences, mean 3\.0, median 3, longest 3; 0\.0 % have more than 30 words\n$/,
  });
  t.end();
});

t.test('a sentence of more than 30 words is told with its line', (t) => {
  const text = `First of two.\nSecond: ${words(29)}. Third:\n${words(30)}.\n\n- ${words(31)}\n- Short.\n- Short.\n`;
  const { status, stderr } = checkProse(t.testdir(), text);
  t.equal(status, 1);
  t.strictSame(
    [...stderr.matchAll(/:(\d+): (\d+) words, at most 30/g)].map(([, line, count]) => [line, count]),
    [
      ['2', '31'],
      ['5', '31'],
    ],
  );
  t.end();
});

t.test('entries that are no whole sentence do not lower the mean', (t) => {
  const { status, stderr } = checkProse(t.testdir(), `${words(16)}.\n\n- short\n- short\n`);
  t.equal(status, 1);
  t.match(stderr, /: a sentence has 16\.0 words in the mean: below 16 is expected\n$/);
  t.end();
});

t.test('the share of long sentences, and the median', (t) => {
  const { stdout } = checkProse(t.testdir(), `${words(2)}. ${words(4)}. ${words(5)}. ${words(31)}.\n`);
  t.match(stdout, /: 42 words in 4 sentences, mean 10\.5, median 5, longest 31; 25\.0 % have more than 30 words\n$/);
  t.end();
});

function checkProse(folder: string, text: string) {
  const file = join(folder, 'document.md');
  writeFileSync(file, text);
  return spawnSync(process.execPath, [join(ROOT, 'script/check-prose.js'), file], { encoding: 'utf8' });
}
