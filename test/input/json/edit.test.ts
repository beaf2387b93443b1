// Values that are replaced in a JSON text: comments and layout stay.
import fc from 'fast-check';
import t from 'tap';
import { findValueAt, replaceValue } from '../../../src/input/json/edit.js';
import { parseAnyJson } from '../../../src/input/json/parse.js';

/** Replaces the value that begins at `at`, or that of a key of it. */
function replace(text: string, at: string, after: unknown, key?: string): string | undefined {
  const before = text.slice(0, text.indexOf(at)).split(/\r\n|\n|\r/);
  const value = findValueAt(text, { line: before.length, column: (before.at(-1) ?? '').length + 1 }, key);
  return value === undefined ? undefined : replaceValue(text, value, after);
}

t.test('a word becomes another word', async (t) => {
  const text = '[ // first\r\n  { "to": "web", "expect": /* ? */ "refused", }, // last\r\n]\r\n';
  t.equal(replace(text, '{', 'dropped', 'expect'), text.replace('refused', 'dropped'));
  t.equal(replace(text, '"web"', 'ssh'), text.replace('web', 'ssh'));
  t.equal(replace(text, '"refused"', { cause: 'dropped' }), text.replace('"refused"', '{"cause":"dropped"}'));
});

t.test('lines may end in three ways', async (t) => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['{', '  "a": 1,', '', '  "b": [1, "x"]', '}'].join(end);
    t.equal(replace(text, '"x"', 'y'), text.replace('x', 'y'));
  }
});

t.test('of an object only the keys that differ are touched', async (t) => {
  const text = '{ "expect": {\n  "outcome": "connected", // all\n  "rule": 3, "icmp": "tcp-reset" /* end */ } }';
  const edit = (after: unknown) => replace(text, '{', after, 'expect');
  t.equal(edit({ outcome: 'timeout', rule: 3, icmp: 'tcp-reset' }), text.replace('connected', 'timeout'));
  t.equal(edit({ outcome: 'connected', rule: 3 }), text.replace(', "icmp": "tcp-reset"', ''));
  t.equal(edit({ rule: 4 }), '{ "expect": {"rule": 4 /* end */ } }', 'a comment beside a key that goes, goes too');
  t.equal(
    edit({ outcome: 'timeout', rule: 3, icmp: 'tcp-reset', cause: 'silent' }),
    text.replace('"connected"', '"timeout", "cause": "silent"'),
  );
  t.equal(replace('{"a": {}}', '{', { b: 1 }, 'a'), '{"a": {"b": 1}}');
});

t.test('where no value begins, nothing is found', async (t) => {
  const text = '{ "a": "b" }';
  t.equal(findValueAt(text, { line: 1, column: 2 }), undefined);
  t.equal(findValueAt(text, { line: 1, column: 9 }), undefined, 'within a text');
  t.equal(findValueAt(text, { line: 3, column: 1 }), undefined);
  t.equal(findValueAt(text, { line: 1, column: 1 }, 'c'), undefined);
});

t.test('the text then has the new value, and is otherwise the same', async (t) => {
  const expectation = fc.dictionary(fc.constantFrom('outcome', 'cause', 'rule', 'icmp', 'reply'), fc.oneof(fc.string(), fc.nat()), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(expectation, expectation, fc.constantFrom(0, 2), (before, after, indent) => {
      const text = JSON.stringify([{ x: 1, expect: before }, { y: '"expect"' }], null, indent);
      const parsed = parseAnyJson(replace(text, '{', after, 'expect') ?? '');
      t.strictSame('value' in parsed && parsed.value, [{ x: 1, expect: { ...after } }, { y: '"expect"' }]);
    }),
  );
});
