// The names of services are those of the machine's /etc/services, where it has one.
import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { findService } from '../../../src/rules/values/services.js';

const FILE = '/etc/services';

t.test('every name of ours has the port of /etc/services', { skip: existsSync(FILE) ? false : `no ${FILE}` }, async (t) => {
  let known = 0;
  for (const line of readFileSync(FILE, 'utf8').split('\n')) {
    const [name = '', place = '', ...aliases] = line.replace(/#.*/, '').trim().split(/\s+/);
    const [port, protocol = ''] = place.split('/');
    for (const each of [name, ...aliases]) {
      const own = tryFind(each, protocol);
      known += own === null ? 0 : 1;
      t.ok(own === null || own === port, `${each} ${place}`);
    }
  }
  t.ok(known > 200, `${known} names`);
});

t.test('a name of no protocol, or of another one', async (t) => {
  t.equal(findService('ssh', null), '22');
  t.equal(findService('domain', 'udp'), '53');
  t.throws(() => findService('shs', 'tcp'), { name: 'RuleError', message: /did you mean "ssh"/ });
  t.throws(() => findService('ntp', 'tcp'), { name: 'RuleError', message: /belongs to udp, not to tcp/ });
});

function tryFind(name: string, protocol: string): string | null {
  try {
    return findService(name, protocol);
  } catch {
    return null;
  }
}
