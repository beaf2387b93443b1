// The Common Test Report Format, held against the part of its schema that loopfw writes. Other members are forbidden, as in the schema.
import { Ajv } from 'ajv';
import t from 'tap';
import { reportCtrf } from '../../../src/report/ci/ctrf.js';
import { readResultFile } from '../../support/result.js';
import { HOSTILE, spoil } from '../../support/spoil.js';

const text = { type: 'string' };
const named = { type: 'string', minLength: 1 };
const whole = { type: 'integer', minimum: 0 };
const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});

const summary = object(
  { tests: whole, passed: whole, failed: whole, skipped: whole, pending: whole, other: whole, start: whole, stop: whole },
  { suites: whole, flaky: whole, duration: whole, extra: { type: 'object' } },
);
const test = object(
  { name: named, status: { enum: ['passed', 'failed', 'skipped', 'pending', 'other'] }, duration: whole, rawStatus: text },
  {
    ...{ start: whole, stop: whole, line: whole, message: text, trace: text, filePath: text, extra: { type: 'object' } },
    suite: { type: 'array', minItems: 1, items: text },
  },
);
const validate = new Ajv().compile(
  object(
    {
      reportFormat: { const: 'CTRF' },
      specVersion: { type: 'string', pattern: String.raw`^\d+\.\d+\.\d+$` },
      results: object(
        { tool: object({ name: named }, { version: text }), summary, tests: { type: 'array', items: test } },
        { environment: object({}, { osPlatform: text, osRelease: text, extra: { type: 'object' } }), extra: { type: 'object' } },
      ),
    },
    { generatedBy: text },
  ),
);

interface Document {
  results: {
    summary: Record<string, number>;
    tests: { name: string; status: string; rawStatus: string; suite: string[] }[];
    extra?: object;
  };
}

const read = (name: string) => readResultFile(new URL(`../${name}`, import.meta.url));
const EVERY = read('every-status.json');

t.test('the rules of the schema, whatever the texts of the document', async (t) => {
  for (const document of [EVERY, read('phases-and-tables.json'), { ...EVERY, aborted: false, scenarios: [] }]) {
    for (const change of [(text: string) => text, (text: string) => `${text}${HOSTILE}`, () => '']) {
      const { results } = JSON.parse(reportCtrf(spoil(document, change), { color: false })) as Document;
      t.ok(validate({ reportFormat: 'CTRF', specVersion: '1.0.0', results }), JSON.stringify(validate.errors));
      const { passed, failed, other, tests } = results.summary;
      t.equal(tests, results.tests.length);
      t.equal(passed! + failed! + other!, tests);
    }
  }
});

t.test('inconclusive is other, an error has failed, and the raw status says which', async (t) => {
  const text = reportCtrf(EVERY, { color: false });
  t.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors));
  const { results } = JSON.parse(text) as Document;
  t.strictSame(
    results.tests.map(({ name, status, rawStatus, suite }) => [name, status, rawStatus, suite.length]),
    [
      ['app → web', 'passed', 'passed', 2],
      ['a policy decides', 'passed', 'passed', 2],
      ['app → web #2', 'failed', 'failed', 2],
      ['app → web #3', 'other', 'inconclusive', 2],
      ['app → web #4', 'failed', 'error', 2],
      ['the scenario', 'failed', 'error', 2],
      ['the run', 'failed', 'error', 1],
    ],
  );
  t.match(results.summary, {
    tests: 7,
    passed: 2,
    failed: 4,
    other: 1,
    suites: 3,
    start: Date.UTC(2026, 0, 31, 12),
    stop: Date.UTC(2026, 0, 31, 12) + 1235,
  });
  t.match(results.extra, { warnings: [{ code: 'unknown-interface' }] });
});
