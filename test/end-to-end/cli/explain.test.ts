// `loopfw explain`: every word of a verdict has its page, and the report's links lead there.
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Cause, NoteKind, Outcome, Status, WarningCode } from '../../../src/model/result.js';
import { getExplainCommand } from '../../../src/report/shared/labels.js';
import { loopfw } from '../../support/loopfw.js';
import { getBlocks, getHeadings, readDocument } from '../../support/markdown.js';

const { definitions } = JSON.parse(readFileSync('schema/result.json', 'utf8')) as {
  definitions: {
    cause: { enum: Cause[] };
    status: { enum: Status[] };
    outcome: { enum: Outcome[] };
    warningCode: { enum: WarningCode[] };
    noteKind: { enum: NoteKind[] };
  };
};
const [causes, statuses, outcomes] = [definitions.cause.enum, definitions.status.enum, definitions.outcome.enum];
const [codes, kinds] = [definitions.warningCode.enum, definitions.noteKind.enum];
const PARTS = ['why-not', 'journey', 'advice', 'world'];
const SECTIONS = ['What it means', 'What usually makes it', 'What to do', 'Example', 'Related'];
const words = [
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'DROP',
  'REJECT',
  'hang',
  'control',
  'proved',
  'policy',
  'chain',
  'ESTABLISHED',
  'mutant',
  'score',
  'kind',
];
/** The names of errors that have the page of an outcome. */
const ERRORS = { ENETUNREACH: 'unreachable', ECONNRESET: 'reset', ETIMEDOUT: 'timeout', EPERM: 'denied' };
/** Other names of what has a section. */
const SYNONYMS = { noticed: 'mutant', killed: 'mutant', survived: 'mutant', ignored: 'mutant', NoCoverage: 'mutant' };
const LONGEST_SUMMARY = 100;

for (const word of [...causes, ...statuses]) {
  t.test(`${word} has a page with every section, and explain prints it`, async (t) => {
    const page = readDocument(`docs/verdicts/${word}.md`);
    t.strictSame(getHeadings(page), [word, ...SECTIONS]);
    t.strictSame(
      getBlocks(page).map(({ language }) => language),
      ['json', 'console'],
    );
    const { exitCode, stdout } = await loopfw(['explain', word]);
    t.equal(exitCode, 0);
    const printed = stdout.split('\n').map((line) => line.trim());
    const missing = page.split('\n').filter((line) => !/[[`*]/.test(line) && !printed.includes(line.trim()));
    t.strictSame(missing, []);
    t.notMatch(stdout, /```|\]\(/);
  });
}

t.test('an outcome, and closed, has a section', async (t) => {
  for (const word of [...outcomes, 'closed']) {
    const { exitCode, stdout } = await loopfw(['explain', word]);
    t.equal(exitCode, 0);
    const headings = stdout.split('\n').filter((line) => line.startsWith('#'));
    t.strictSame(headings, [`## ${word}`]);
  }
});

t.test('the code of a warning has a section: what it means, why, what to write, when to ignore it', async (t) => {
  const page = readDocument('docs/warnings.md');
  t.strictSame(new Set(getHeadings(page)), new Set(['Warnings', ...codes]));
  for (const code of codes) {
    const { exitCode, stdout } = await loopfw(['explain', code]);
    t.equal(exitCode, 0);
    t.match(stdout, new RegExp(`^## ${code}\n\n[A-Z].*\\.\n\n`));
    const parts = ['Why it matters.', 'What to write.', 'When to ignore it.'];
    t.strictSame(
      parts.filter((part) => !stdout.includes(`\n\n${part} `)),
      [],
      code,
    );
  }
});

t.test('another word of a client, of iptables or of a report has a section, in capital or small letters', async (t) => {
  t.strictSame(getHeadings(readDocument('docs/verdicts/words.md')), ['Other words', ...words]);
  for (const word of words.flatMap((each) => [each, each.toLowerCase()])) {
    const { exitCode, stdout } = await loopfw(['explain', word]);
    t.equal(exitCode, 0);
    t.match(stdout.toLowerCase(), new RegExp(`^## ${word.toLowerCase()}\n\n.*\\.\n`));
  }
});

t.test('without a word: a line for each', async (t) => {
  const { exitCode, stdout } = await loopfw(['explain']);
  t.equal(exitCode, 0);
  const lines = [...stdout.matchAll(/^ {2}(\S+) +(.+)$/gm)].map(([, word, summary = '']) => ({ word, summary }));
  t.strictSame(
    lines.map(({ word }) => word),
    [
      ...outcomes,
      'closed',
      ...causes,
      ...statuses,
      ...codes,
      ...kinds,
      ...PARTS,
      ...words,
      ...Object.keys(ERRORS),
      ...Object.keys(SYNONYMS),
    ],
  );
  t.strictSame(
    lines.filter(({ summary }) => !summary.endsWith('.') || summary.length > LONGEST_SUMMARY),
    [],
  );
});

t.test('a word of two words, as a report has it', async (t) => {
  t.match(await loopfw(['explain', 'answer', 'eaten']), { exitCode: 0, stdout: /^# answer-eaten\n/ });
  t.match(await loopfw(['explain', 'why', 'not']), { exitCode: 0, stdout: /^## why-not\n/ });
  t.match(await loopfw(['explain', 'Advice']), { exitCode: 0, stdout: /LOOPFW_NO_ADVICE=1/ });
});

t.test('the words of the mutation testing schema', async (t) => {
  for (const [word, heading] of Object.entries(SYNONYMS)) {
    t.match(await loopfw(['explain', word]), { exitCode: 0, stdout: new RegExp(`^## ${heading}\n`) }, word);
  }
});

t.test('an unknown word', async (t) => {
  const { exitCode, stdout, stderr } = await loopfw(['explain', 'droped']);
  t.equal(exitCode, 2);
  t.equal(stdout, '');
  t.match(stderr, 'no page for "droped" (did you mean "dropped"?)');
});

t.test('the report names a page for whatever did not pass', async (t) => {
  for (const cause of causes) {
    t.equal(getExplainCommand({ status: 'failed', cause }), `loopfw explain ${cause}`);
  }
  t.equal(getExplainCommand({ status: 'inconclusive', cause: 'no-listener' }), 'loopfw explain inconclusive');
  t.equal(getExplainCommand({ status: 'error', cause: null }), 'loopfw explain error');
});

t.test('headings are bold where colour is wanted', async (t) => {
  const { stdout } = await loopfw(['explain', 'local'], { env: { FORCE_COLOR: '1' } });
  t.match(stdout, '\u001b[1m## What to do\u001b[22m');
});
