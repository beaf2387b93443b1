import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { joinPointer, locatePointer } from '../../../src/input/json/node.js';
import { parseAnyJson } from '../../../src/input/json/parse.js';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import { SEED } from '../../support/seed.js';

// messages.json has texts, by what is wrong with them, and all that is said of each, with line and column. UPDATE=1 rewrites what is said.
const TABLE = new URL('messages.json', import.meta.url);

type Table = Record<string, { text: string; said: string[] }[]>;

const table = JSON.parse(readFileSync(TABLE, 'utf8')) as Table;

if (process.env['UPDATE'] === '1') {
  const groups = Object.entries(table).map(([group, rows]) => {
    const lines = rows.map(({ text }) => `    { "text": ${printAscii(text)}, "said": [${listSaid(text).map(printAscii).join(', ')}] }`);
    return `  ${JSON.stringify(group)}: [\n${lines.join(',\n')}\n  ]`;
  });
  writeFileSync(TABLE, `{\n${groups.join(',\n')}\n}\n`);
}

for (const [group, rows] of Object.entries(table)) {
  void t.test(group, async (t) => {
    const own = rows.map(({ text }) => ({ text, said: listSaid(text) }));
    t.strictSame(own, rows);
    t.strictSame(
      own.filter(({ said }) => said.length === 0),
      [],
      'something is said of each',
    );
  });
}

void t.test('how deep, and how many', async (t) => {
  t.strictSame(listSyntax(`${'['.repeat(64)}${']'.repeat(64)}`), []);
  t.strictSame(listSyntax(`${'[\n'.repeat(65)}${']'.repeat(65)}`), ['65:1: nested more than 64 levels deep']);
  t.strictSame(listSyntax(`${'{"a":'.repeat(65)}1`), ['1:321: nested more than 64 levels deep']);
  t.strictSame(listSyntax('['.repeat(8_000_000)), ['1:65: nested more than 64 levels deep']);
  t.strictSame(listSyntax(`[${'1,'.repeat(999_999)}1]`), []);
  t.strictSame(listSyntax(`[\n${'1,'.repeat(1_000_000)}1]`), ['2:2000000: more than 1000000 values']);
  t.strictSame(listSyntax(`${'/**/'.repeat(500_000)}${'//\n'.repeat(500_000)}1`), []);
});

/** JSON of any value, with any space between its parts. */
const spaces = fc.constantFrom('', ' ', '\t', '\n', '\r', '\r\n', ' \n\r\n\r ');
const jsonTexts = fc.tuple(fc.jsonValue({ stringUnit: 'binary' }), spaces, spaces).map(([value, inner, outer]) => {
  // A line end in the text of JSON.stringify is one between parts: in strings it is escaped.
  return `${outer}${JSON.stringify(value, null, 1).replace(/\n */g, inner)}${outer}`;
});
/** What JSON is made of, in any order; and JSON with something in it that may not belong there. */
const soup = fc
  .array(
    fc.constantFrom(
      ...Array.from('{}[]:,"\\/-+.eEu019 \n\t\0a'),
      'true',
      'null',
      '"a"',
      '"__proto__":',
      '{"a":1}',
      '\\u0041',
      '1e5',
      '{"a":',
    ),
  )
  .map((parts) => parts.join(''));
const brokenTexts = fc
  .tuple(jsonTexts, fc.nat(), fc.nat(2), fc.constantFrom('', ...Array.from('{}[]:,"\\-.0e \n\t\0')))
  .map(([text, place, length, other]) => {
    const start = place % (text.length + 1);
    return text.slice(0, start) + other + text.slice(start + length);
  });

void t.test('what JSON.parse takes is taken, as the same value with its keys in the same order; what it does not take is not', async () => {
  fc.assert(
    fc.property(fc.oneof(jsonTexts, soup, brokenTexts), (text) => {
      const own = parseAnyJson(text);
      const strict = parseStrictly(text);
      if (strict !== null) {
        assert.ok('value' in own);
        assert.deepStrictEqual(own.value, strict.value);
        assert.equal(JSON.stringify(own.value), JSON.stringify(strict.value));
      } else if (!mayBeRelaxed(text)) {
        assert.ok('message' in own);
      }
    }),
    { numRuns: 3000, ...SEED },
  );
});

void t.test('every value and every key is where its pointer is located', async () => {
  fc.assert(
    fc.property(jsonTexts, (text) => {
      const json = parseAnyJson(text);
      assert.ok('root' in json);
      const checkValue = (value: unknown, pointer: string): void => {
        const found = sliceFrom(text, locatePointer(json.root, pointer));
        if (typeof value !== 'object' || value === null) {
          assert.ok(found.startsWith(JSON.stringify(value)), pointer);
          return;
        }
        assert.equal(found[0], Array.isArray(value) ? '[' : '{', pointer);
        for (const [key, member] of Object.entries(value)) {
          const inner = joinPointer(pointer, key);
          if (!Array.isArray(value)) {
            assert.ok(sliceFrom(text, locatePointer(json.root, inner, 'key')).startsWith(JSON.stringify(key)), `the key of ${inner}`);
          }
          checkValue(member, inner);
        }
      };
      checkValue(json.value, '');
    }),
    { numRuns: 500, ...SEED },
  );
});

function listSaid(text: string): string[] {
  return parseScenarios(text, 'x.json').diagnostics.map(({ line, column, message, pointer }) => {
    return `${line}:${column}: ${message}${pointer === null ? '' : ` (${pointer})`}`;
  });
}

function listSyntax(text: string): string[] {
  const json = parseAnyJson(text);
  return 'message' in json ? [`${json.position.line}:${json.position.column}: ${json.message}`] : [];
}

function parseStrictly(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** Whether there may be what JSON.parse alone does not take: a comment, a trailing comma. */
function mayBeRelaxed(text: string): boolean {
  return /\/[/*]|,\s*[\]}]/.test(text);
}

function sliceFrom(text: string, { line, column }: { line: number; column: number }): string {
  const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/);
  return lines
    .slice(line - 1)
    .join('')
    .slice(column - 1);
}

/** With an escape for all that an editor or a terminal would not show as it is. */
function printAscii(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
