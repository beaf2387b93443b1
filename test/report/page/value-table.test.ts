// The document in the page is a table of its values: what comes out is what went in.
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { fromTable, type Json, toTable } from '../../../src/report/page/value-table.js';

const roundTrip = (document: Json) => fromTable(JSON.parse(JSON.stringify(toTable(document))) as ReturnType<typeof toTable>);

t.test('every document comes back', async (t) => {
  const isSame = (value: unknown) => isDeepStrictEqual(roundTrip(value as Json), JSON.parse(JSON.stringify(value)));
  t.doesNotThrow(() => fc.assert(fc.property(fc.jsonValue(), isSame)));
});

t.test('numbers and texts that look alike stay apart, and so do arrays and objects', async (t) => {
  const document: Json = { a: [0, '0', null, 'null', true, 'true', [], {}, [0], { '0': 0 }, -1, [-1]] };
  t.strictSame(roundTrip(document), document);
});

t.test('a key of JavaScript itself is a key', async (t) => {
  const document = JSON.parse('{ "__proto__": { "polluted": 1 }, "constructor": 2 }') as Json;
  t.equal(JSON.stringify(roundTrip(document)), JSON.stringify(document));
  t.notOk('polluted' in {});
});

t.test('equal parts are there once', async (t) => {
  const step = { hook: 'input', table: 'filter' };
  t.equal(toTable([step, step, [step]]).filter((entry) => Array.isArray(entry)).length, 4, 'the keys, the step, two lists');
});
