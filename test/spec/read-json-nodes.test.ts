import { evaluate, parse } from '@humanwhocodes/momoa';
import fc from 'fast-check';
import t from 'tap';
import { readJsonNodes } from '../../src/spec/read-json-nodes.js';
import { readMomoaNodes } from '../../src/spec/read-momoa-nodes.js';
import { SEED } from '../support/seed.js';

void t.test('whatever JSON.parse takes, every part of it stands where momoa finds it, and its value is the same', (t) => {
  const space = fc.constantFrom('', ' ', '\t', '\n', '\r', '\r\n', ' \n\r\n\r ');
  const text = fc.tuple(fc.jsonValue(), space, space).map(([value, inner, outer]) => {
    // A line end in JSON.stringify's text is one between parts: in strings it is escaped.
    return `${outer}${JSON.stringify(value, null, 1).replace(/\n */g, inner)}${outer}`;
  });
  fc.assert(
    fc.property(text, (text) => {
      const { body } = parse(text, { mode: 'json', allowTrailingCommas: true });
      t.strictSame(readJsonNodes(text), readMomoaNodes(body));
      t.strictSame(JSON.parse(text), evaluate(body));
    }),
    { numRuns: 300, ...SEED },
  );
  t.end();
});

void t.test('a key is what it means, not how it is written; a key that is there twice is there twice', (t) => {
  t.strictSame(readJsonNodes('{ "\\u0061\\"": 1,\n"a": [], "a": -1.5e3 }'), {
    kind: 'object',
    position: { line: 1, column: 1 },
    members: [
      { key: 'a"', position: { line: 1, column: 3 }, value: { kind: 'plain', position: { line: 1, column: 15 } } },
      { key: 'a', position: { line: 2, column: 1 }, value: { kind: 'array', position: { line: 2, column: 6 }, items: [] } },
      { key: 'a', position: { line: 2, column: 10 }, value: { kind: 'plain', position: { line: 2, column: 15 } } },
    ],
  });
  t.end();
});
