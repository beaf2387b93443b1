// The destinations of NAT, as iptables and nft write them.
import t from 'tap';
import { parseNatDestination } from '../../src/words/addresses.js';
import { writeInterface } from '../../src/words/outside.js';

t.test('an address, a range, and a port alone', async (t) => {
  const rows: [string, [string, string] | null][] = [
    ['192.0.2.2', ['192.0.2.2', '192.0.2.2']],
    ['192.0.2.2:80', ['192.0.2.2', '192.0.2.2']],
    ['192.0.2.2-192.0.2.9:80-90', ['192.0.2.2', '192.0.2.9']],
    ['2001:db8::2', ['2001:db8::2', '2001:db8::2']],
    ['2001:db8::2-2001:db8::9', ['2001:db8::2', '2001:db8::9']],
    ['[2001:db8::2]:80', ['2001:db8::2', '2001:db8::2']],
    ['[2001:db8::2-2001:db8::9]:80', ['2001:db8::2', '2001:db8::9']],
    [':80', null],
    [':80-90', null],
  ];
  for (const [text, expected] of rows) {
    const found = parseNatDestination(text);
    t.strictSame(found && [found.first, found.last], expected, text);
  }
});

t.test('an interface to the network of a machine has another address than the machine', async (t) => {
  t.equal(writeInterface('eth0', '192.0.2.9'), '"interfaces": { "eth0": { "addresses": ["192.0.2.1/24"] } }');
  t.equal(writeInterface('eth1', '192.0.2.1'), '"interfaces": { "eth1": { "addresses": ["192.0.2.2/24"] } }');
  t.equal(writeInterface('eth0', '2001:db8:1::9'), '"interfaces": { "eth0": { "addresses": ["2001:db8:1::1/64"] } }');
  t.equal(writeInterface('eth0', '2001:db8:1::1'), '"interfaces": { "eth0": { "addresses": ["2001:db8:1::2/64"] } }');
});
