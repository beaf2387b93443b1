// A diagnostic is a line as compilers write it.
import t from 'tap';
import { printCodeFrame } from '../../../src/report/shared/code-frame.js';
import { printDiagnostic, printWarning } from '../../../src/report/shared/diagnostics.js';

t.test('file, line, column, severity, message and the place in the document', async (t) => {
  const diagnostic = { file: 'a.json', line: 3, column: 7, message: 'missing \u001b key', pointer: '/probes/0' };
  t.equal(printDiagnostic(diagnostic), 'a.json:3:7: error: missing \\u{1b} key (/probes/0)');
  t.equal(printDiagnostic({ ...diagnostic, pointer: '' }), 'a.json:3:7: error: missing \\u{1b} key', 'of the whole document');
  t.equal(
    printWarning({ ...diagnostic, code: 'unknown-interface' }),
    'a.json:3:7: warning: missing \\u{1b} key (unknown-interface)',
    'of no document',
  );
});

t.test('a code frame: the line, and a caret below the place', async (t) => {
  const frame = (source: string, column: number) =>
    printCodeFrame({ file: 'x.json', line: 12, column, message: '', pointer: null, source });
  t.equal(frame('{ "name": 5 }', 11), '  12 | { "name": 5 }\n     |           ^\n');
  t.equal(frame('{ "name": "a"', 14), '  12 | { "name": "a"\n     |              ^\n', 'behind the line');
  t.equal(frame('\t"name": 5', 10), '  12 |   "name": 5\n     |           ^\n', 'a tab is two columns');
  t.equal(frame('"漢字": 5', 7), '  12 | "漢字": 5\n     |         ^\n', 'a wide character is two columns');
  t.equal(frame('"\u001b[2J": 5', 9), '  12 | "\\u{1b}[2J": 5\n     |              ^\n', 'nothing reaches the terminal');
  const long = frame(`${'a'.repeat(200)}X${'b'.repeat(200)}`, 201).split('\n');
  t.equal(long[0], `  12 | …${'a'.repeat(60)}X${'b'.repeat(39)}…`);
  t.equal(long[1]?.length, '  12 | …'.length + 61);
  t.equal(frame('  ', 1), '', 'nothing to show');
  t.equal(printCodeFrame({ file: 'x', line: 1, column: 1, message: '', pointer: null }), '', 'the file could not be read');
});
