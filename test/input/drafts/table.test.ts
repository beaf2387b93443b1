// The clients and targets of the truth tables that init drafts. What they see is asked in test/end-to-end/cli/init.test.ts.
import t from 'tap';
import { readRules } from '../../../src/input/drafts/read-rules.js';
import { listCells } from '../../../src/input/drafts/table/cells.js';
import { draftScenario } from '../../../src/input/drafts/table/draft.js';

function draft(rules: string[]) {
  const read = readRules({ rules, files: [] });
  if ('diagnostics' in read) {
    throw new Error(read.diagnostics.map(({ message }) => message).join('\n'));
  }
  return draftScenario(read.ruleSet);
}

t.test('a table for each direction, with the clients of its interface', async (t) => {
  const { tables, clients } = draft([
    '-t nat -A POSTROUTING -s 10.0.0.0/24 -o eth0 -j MASQUERADE',
    '-A INPUT -i eth1 -p tcp --dport 22 -j ACCEPT',
    '-A INPUT -i eth0 -s 10.0.0.66 -j DROP',
    '-A INPUT -i eth0 -s 10.0.0.0/8 -j DROP',
    '-A FORWARD -i eth0 -o eth1 -s 198.51.100.0/24 -d 10.0.0.5 -p tcp --dport 80 -j ACCEPT',
  ]);
  t.strictSame(
    tables.map(({ name, clients, targets }) => [name, clients.join(' '), targets.join(' ')]),
    [
      ['in by eth0', 'world host-10.0.1.7 host-198.51.100.7', 'ssh icmp://192.0.2.1 tcp://192.0.2.1:9'],
      ['in by eth1', 'eth1-host host-10.0.0.66', 'ssh icmp://10.0.0.1 tcp://10.0.0.1:9'],
      ['from eth0 to eth1', 'world host-10.0.1.7 host-198.51.100.7', 'http-on-10.0.0.5 icmp://10.0.0.20 tcp://10.0.0.20:9'],
      ['from eth1 to eth0', 'eth1-host host-10.0.0.66', 'icmp://203.0.113.9 tcp://203.0.113.9:9'],
      ['out by eth0', 'here', 'icmp://203.0.113.9 tcp://203.0.113.9:9'],
      ['out by eth1', 'here-10.0.0.1', 'icmp://10.0.0.20 tcp://10.0.0.20:9'],
      ['on lo', 'app', 'icmp://127.0.0.1 tcp://127.0.0.1:9'],
    ],
  );
  const via = (own: string) => clients.find(({ name }) => name === own)?.via;
  t.equal(via('host-10.0.0.66'), 'eth1', 'the interface whose network it is in');
  t.equal(via('host-10.0.1.7'), 'eth0', 'a host of a wider prefix that is in no network of another interface');
});

t.test('tables that are too long lack the services of the last rules, and clients like another one', async (t) => {
  const services = Array.from(
    { length: 200 },
    (_, place) => `-A INPUT -i eth0 -s 198.51.100.${place % 8} -p tcp --dport ${2000 + place} -j ACCEPT`,
  );
  const blocked = Array.from({ length: 30 }, (_, place) => `-A INPUT -i eth0 -s 203.0.113.${100 + place} -j DROP`);
  const drafted = draft([...blocked, ...services]);
  const cells = listCells(drafted).length;
  t.ok(cells <= 600 && cells > 500, `${cells} cells`);
  const [left] = drafted.leftOut;
  t.match(left, { table: 'in by eth0', clients: [] });
  t.equal(left?.alike.length, 29);
  t.equal(left?.targets.at(-1), '2199/tcp');
  t.ok(drafted.tables[0]?.targets.includes('tcp-2000'));
  t.ok(drafted.tables[0]?.targets.includes('tcp://192.0.2.1:9'), 'the port that no rule names stays');
});
