// Markdown for summaries and comments: texts of others stay texts, and GitHub takes the size.
import t from 'tap';
import type { Result } from '../../../src/model/result.js';
import { reportMarkdown } from '../../../src/report/ci/markdown.js';
import { readResultFile } from '../../support/result.js';
import { HOSTILE, spoil } from '../../support/spoil.js';

const EVERY = readResultFile(new URL('../every-status.json', import.meta.url));
const [SCENARIO] = EVERY.scenarios;
const GITHUB_BYTES = 1024 * 1024;

/** The document without what the reporter itself writes as markup: tags, the lines of the table, headings. */
function strip(markdown: string): string {
  return markdown
    .replace(/<details( open)?><summary>|<\/summary>|<\/?code>|<\/details>|^<\/?pre>$/gm, '')
    .replace(/^\| \| scenario .*\n\|[-:|]+$/m, '')
    .replace(/^\| .* \|$/gm, (row) => row.slice(2, -2).replaceAll(' | ', ' '))
    .replace(/^#{2,3} |^- |^\*\*The run was aborted\*\*/gm, '');
}

t.test('texts of others are no markup', async (t) => {
  for (const change of [(text: string) => `${text} ${HOSTILE}`, () => HOSTILE]) {
    const markdown = reportMarkdown(spoil(EVERY, change), { color: false });
    t.notMatch(strip(markdown), /[<>"'`*_[\]\\|~$]|:\/\/|www\.|&(?!#\d+;)/);
    for (const row of markdown.split('\n').filter((line) => line.startsWith('|'))) {
      t.equal(row.split('|').length, 7, row);
    }
    t.equal(markdown.match(/<details/g)?.length, markdown.match(/<\/details>/g)?.length);
  }
});

t.test('an empty line in what a command printed ends no block', async (t) => {
  const error = { code: 'environment', message: 'first\n\n    second\n</pre>\n# third' } as const;
  const markdown = reportMarkdown({ ...EVERY, scenarios: [{ ...EVERY.scenarios[1]!, error }] }, { color: false });
  t.match(markdown, '</summary>\n\n<pre>\n');
  const [, pre] = /\n\n<pre>\n([\s\S]*?)\n<\/pre>\n\n<\/details>\n/.exec(markdown) ?? [];
  t.match(pre, /first\n +\n +second\n +&#60;\/pre&#62;\n +# third/);
});

t.test('the first line says what came of it', async (t) => {
  const getTitle = (change: Partial<Result['summary']>, counters: 0 | 1 = 0) => {
    const none = { scenarios: 1, probes: 3, passed: 0, failed: 0, inconclusive: 0, errors: 0 };
    const counter = { interface: 'lo', direction: 'rx', expected: '0', observed: 1, status: 'failed' } as const;
    const scenarios = [{ ...SCENARIO!, counters: counters === 0 ? [] : [counter] }];
    const result = { ...EVERY, aborted: false, scenarios, summary: { ...EVERY.summary, ...none, ...change } };
    return reportMarkdown(result, { color: false }).split('\n')[0];
  };
  t.equal(getTitle({ passed: 3 }), '## ✔ 3 passed of 3 probes');
  t.equal(getTitle({ passed: 2, inconclusive: 1 }), '## ? 1 inconclusive of 3 probes');
  t.equal(getTitle({ failed: 1, inconclusive: 1, errors: 1 }), '## ✖ 1 failed, 1 inconclusive, 1 error of 3 probes');
  t.equal(getTitle({ passed: 3 }, 1), '## ✖ 3 passed of 3 probes, 1 counter failed');
});

t.test('GitHub drops a summary of more than 1024 kB: each part ends before that, and says so', async (t) => {
  const failed = SCENARIO!.probes[2]!;
  const [warning] = SCENARIO!.warnings;
  const scenarios = Array.from({ length: 5000 }, (_, place) => ({
    ...{ ...SCENARIO!, name: `<${place}>`, probes: [failed] },
    warnings: [{ ...warning!, line: place }],
  }));
  const markdown = reportMarkdown({ ...EVERY, scenarios }, { color: false });
  const bytes = Buffer.byteLength(markdown);
  t.ok(bytes > GITHUB_BYTES / 2 && bytes < GITHUB_BYTES, `${bytes} bytes`);
  const notes = [...markdown.matchAll(/^And (\d+) more: a summary of GitHub has no room for them\.$/gm)].map(([, count]) => Number(count));
  const kept = [/^<details/gm, /^- <code>/gm, /^\| ✖ /gm].map((pattern) => markdown.match(pattern)?.length ?? 0);
  t.strictSame(
    kept.map((count) => 5000 - count),
    [notes[0]! - 1, ...notes.slice(1)],
    'the aborted run is a story too',
  );
  t.equal(markdown.match(/<details open>/g)?.length, 10);
});
