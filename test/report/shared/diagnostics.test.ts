// A diagnostic is a line as compilers write it.
import t from 'tap';
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
