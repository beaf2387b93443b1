// What TAP's readers would misread is escaped; what prove's YAML reader does not know is not written.
import t from 'tap';
import { escapeTap } from '../../../src/report/ci/tap.js';
import { printYaml } from '../../../src/report/ci/yaml.js';

t.test('descriptions', async (t) => {
  const cases = {
    'app → web': 'app → web',
    'a # skip': 'a \\# skip',
    'C:\\temp': 'C:\\\\temp',
    'two\nBail out! lines': 'two\\\\u{a}Bail out! lines',
    'opens a block {': 'opens a block \\\\u{7b}',
    'opens a block { ': 'opens a block \\\\u{7b}',
  };
  for (const [text, expected] of Object.entries(cases)) {
    t.equal(escapeTap(text), expected);
  }
});

t.test('YAML', async (t) => {
  const lines = printYaml(
    { text: 'a "b": c \\ # d\n...', none: null, number: 0.5, nothing: {}, inner: { no: false }, lines: ['x', '  y'] },
    ' ',
  );
  t.strictSame(lines, [
    ' text: "a \\"b\\": c \\\\ # d\\\\u{a}..."',
    ' none: ~',
    ' number: 0.5',
    ' nothing: {}',
    ' inner:',
    '   no: false',
    ' lines: |',
    '   x',
    '     y',
  ]);
});
