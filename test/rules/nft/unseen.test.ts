// The tables whose packets no trace shows: which they are, where they are named, and whether their rules change packets.
import t from 'tap';
import { findUnseenTables } from '../../../src/rules/nft/unseen.js';

const show = (text: string) =>
  findUnseenTables(text).map(
    ({ family, name, changes, line, column }) => `${line}:${column} ${family} ${name}${changes ? ' changes' : ''}`,
  );

t.test('tables of ip, ip6 and inet are seen', async (t) => {
  t.strictSame(show('table x { }\ntable ip arp_x { chain c { meta mark set 1; }\n}\ntable ip6 x {}\ntable inet x {}\n'), []);
});

t.test('each table once, where it is named first', async (t) => {
  const text = 'table netdev x\ndelete table netdev x\nadd table arp y\ntable netdev x {\n chain c { drop; }\n}\ncreate table bridge x\n';
  t.strictSame(show(text), ['1:14 netdev x', '3:15 arp y', '7:21 bridge x']);
});

const CHANGING: Record<string, boolean> = {
  'ip saddr 127.0.0.5 counter drop': false,
  'limit rate over 5/second drop': false,
  'ip saddr @blocked drop comment "set reject"': false,
  'update @seen { ip saddr timeout 5s } drop': false,
  'meta mark set 1': true,
  'tcp dport 80 reject with tcp reset': true,
  'ip daddr set 127.0.0.9': true,
  notrack: true,
};
for (const [rule, changes] of Object.entries(CHANGING)) {
  t.test(`${changes ? 'changes or answers' : 'passes or ends'}: ${rule}`, async (t) => {
    t.strictSame(show(`table netdev x {\n set blocked { type ipv4_addr; }\n chain c {\n  ${rule}\n }\n}\n`), [
      `1:14 netdev x${changes ? ' changes' : ''}`,
    ]);
    t.strictSame(show(`table netdev x {}\ntable ip y {\n chain c {\n  ${rule}\n }\n}\n`), ['1:14 netdev x'], 'of another table');
    t.strictSame(show(`add table netdev x\nadd rule netdev x c ${rule}\n`), [`1:18 netdev x${changes ? ' changes' : ''}`]);
  });
}
