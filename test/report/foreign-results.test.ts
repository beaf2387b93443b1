// A result may be somebody else's document: nothing that it says steers or deceives who reads the report.
import fc from 'fast-check';
import t from 'tap';
import type { Result } from '../../src/model/result.js';
import { reportProbe } from '../../src/report/human/probe.js';
import { REPORTERS } from '../../src/report/reporters.js';
import { makeHarmless } from '../../src/words/harmless.js';
import { readResultFile } from '../support/result.js';
import { spoil } from '../support/spoil.js';

const DOCUMENTS = ['every-status.json', 'phases-and-tables.json'].map((name) => readResultFile(new URL(name, import.meta.url)));
const HARMFUL = /[\0-\x09\x0b-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

const ALL = [
  ...Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)),
  ...['\u00ad', '\u034f', '\u061c', '\u115f', '\u17b4', '\u180b', '\u200b', '\u200d', '\u2028', '\u2029', '\u202e', '\u2065', '\u2800'],
  ...['\u3164', '\ufe00', '\ufe0f', '\uffa0', '\ufff0', '\ud800', '\udc00', '\u{1bca0}', '\u{1d173}', '\u{e0041}', '\u{e0100}'],
].join('x');

/** The texts of all reporters, and last the text of the command probe. */
function report(result: Result): string[] {
  return [
    ...Object.values(REPORTERS).map((reporter) => reporter(result, { color: false })),
    REPORTERS.tap(result, { color: false, tapVersion: 13 }),
    reportProbe(result, { color: false }),
  ];
}

t.test('no reporter prints what steers a terminal, from whichever text it comes', async (t) => {
  for (const document of DOCUMENTS) {
    const spoilt = spoil(document, (text) => `${text}${ALL}`);
    for (const text of report(spoilt)) {
      t.match(text, /(\\|&#92;)u/);
      t.equal(HARMFUL.exec(text)?.[0].codePointAt(0)?.toString(16), undefined);
    }
    t.strictSame(JSON.parse(REPORTERS.json(spoilt, { color: false })), spoilt, 'to a program it is the same');
  }
});

t.test('no text makes a line of its own, except where a command printed lines', async (t) => {
  for (const document of DOCUMENTS) {
    const spoilt = spoil(document, (text) => `${text}\nnot ok 1 - forged\n✔ forged`);
    for (const text of report(spoilt).slice(0, -1)) {
      t.notMatch(text, /^(not ok 1 - forged|✔ forged)/m);
    }
  }
});

t.test('of any texts', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
      let next = 0;
      const spoilt = DOCUMENTS.map((document) => spoil(document, () => texts[next++ % texts.length] ?? ''));
      return !spoilt.flatMap(report).some((printed) => HARMFUL.test(printed.replace(/[\ufe0e\ufe0f\u200d]/g, '')));
    }),
    { numRuns: 50 },
  );
});

t.test('emoji stay what they are', async (t) => {
  for (const text of ['❤️ ☎︎', '👨‍👩‍👧', '👩🏽‍💻', '❤️‍🔥', 'ü → 漢字']) {
    t.equal(makeHarmless(text), text);
  }
  t.equal(makeHarmless('web\ufe0f web\u200d1 👨\u200d1'), 'web\\u{fe0f} web\\u{200d}1 👨\\u{200d}1');
});
