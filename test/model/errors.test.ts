// What errors say of themselves.
import t from 'tap';
import { EnvironmentError, SpecError } from '../../src/model/errors.js';
import { toFailure } from '../../src/sandbox/wire.js';

t.test('a SpecError names its first problems, and counts the others', async (t) => {
  const diagnostics = Array.from({ length: 60 }, (_, place) => ({
    ...{ file: 'a.json', line: place + 1, column: 7, message: 'unknown key "form"' },
    pointer: place === 0 ? null : `/probes/${place}`,
  }));
  const { message, summary } = new SpecError(diagnostics);
  const lines = message.split('\n');
  t.equal(summary, '60 problems in the scenario files');
  t.equal(lines.length, 52);
  t.strictSame(lines.slice(0, 3), [summary, 'a.json:1:7: unknown key "form"', 'a.json:2:7: unknown key "form" (/probes/1)']);
  t.equal(lines.at(-1), 'and 10 more');
});

t.test('an EnvironmentError names its remedies, which are sent apart', async (t) => {
  const error = new EnvironmentError('iptables is not installed', ['apt-get install iptables', 'dnf install iptables-nft']);
  t.equal(error.message, 'iptables is not installed\nremedy: apt-get install iptables\nremedy: dnf install iptables-nft');
  t.strictSame(toFailure(error), { code: 'environment', message: 'iptables is not installed', remedies: error.remedies });
  t.equal(new EnvironmentError('no').message, 'no');
});
