// Items and members that are added to a JSON text: comments and layout stay.
import fc from 'fast-check';
import t from 'tap';
import { insert } from '../../../src/input/json/insert.js';
import { parseAnyJson } from '../../../src/input/json/parse.js';

t.test('items in lines of their own get a further line', async (t) => {
  t.equal(insert('{\n  "a": [\n    1,\n    2 // two\n  ]\n}\n', ['a'], '3'), '{\n  "a": [\n    1,\n    2, // two\n    3\n  ]\n}\n');
  t.equal(insert('{\r\n\t"a": 1\r\n}', [], '"b": 2'), '{\r\n\t"a": 1,\r\n\t"b": 2\r\n}');
  t.equal(insert('[\n  { "x": 1,\n    "y": "a , // b" } /* c */\n]', [], '3'), '[\n  { "x": 1,\n    "y": "a , // b" }, /* c */\n  3\n]');
});

t.test('a trailing comma stays one', async (t) => {
  t.equal(insert('{\n  "a": [\n    1, // one\n    // end\n  ],\n}', ['a'], '2'), '{\n  "a": [\n    1, // one\n    2,\n    // end\n  ],\n}');
  t.equal(insert('[1, 2,]', [], '3'), '[1, 2, 3,]');
});

t.test('a comma in a later line is followed there', async (t) => {
  t.equal(insert('[\n  1, // one\n  2 // two\n  ,\n]', [], '3'), '[\n  1, // one\n  2 // two\n  , 3,\n]');
});

t.test('items in one line are followed there', async (t) => {
  t.equal(insert('{ "a": [1, 2] }', ['a'], '3'), '{ "a": [1, 2, 3] }');
  t.equal(insert('{"a":{}}', [], '"b": 1'), '{"a":{}, "b": 1}');
  t.equal(insert('[{ "p": [1,\n  2] }]', [0, 'p'], '3'), '[{ "p": [1,\n  2, 3] }]');
});

t.test('what is empty gets its first line', async (t) => {
  t.equal(insert('{\n  "a": [],\n  "b": 1\n}', ['a'], '1'), '{\n  "a": [\n    1\n  ],\n  "b": 1\n}');
  t.equal(insert('{\n  // nothing yet\n}', [], '"a": 1'), '{\n  // nothing yet\n  "a": 1\n}');
});

t.test('a member may follow another than the last one', async (t) => {
  t.equal(insert('{\n  "a": [1], // first\n  "b": 2\n}', [], '"c": 3', 'a'), '{\n  "a": [1], // first\n  "c": 3,\n  "b": 2\n}');
  t.equal(insert('{\n  "a": 1, "b": 2,\n  "d": 4\n}', [], '"c": 3', 'a'), '{\n  "a": 1, "c": 3, "b": 2,\n  "d": 4\n}');
  t.equal(insert('{ "a": 1 }', [], '"c": 3', 'missing'), '{ "a": 1, "c": 3 }');
});

t.test('nothing to add to is an error', async (t) => {
  t.throws(() => insert('{}', ['a'], '1'), RangeError);
});

t.test('whatever the layout, the value has one item more', async (t) => {
  const comments = ['', ' ', '\n', '\r\n  ', ' // c\n', '/* , */', '\t/* ] */ // }\n'];
  const gap = fc.constantFrom(...comments);
  const list = fc.record({
    items: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 4 }),
    gaps: fc.array(gap, { minLength: 12, maxLength: 12 }),
  });
  fc.assert(
    fc.property(list, fc.boolean(), ({ items, gaps }, isTrailing) => {
      const take = () => gaps.pop() ?? '';
      const parts = items.map((item, place) => `${take()}${item}${take()}${place < items.length - 1 || isTrailing ? ',' : ''}`);
      const text = `{ "a": [${parts.join('')}${take()}] }`;
      const changed = insert(text, ['a'], '100');
      t.match(parseAnyJson(changed), { value: { a: [...items, 100] } }, JSON.stringify([text, changed]));
      const kept = (own: string) => own.match(/\/\/ c|\/\* . \*\//g) ?? [];
      t.strictSame(kept(changed), kept(text));
    }),
    { numRuns: 300 },
  );
});
