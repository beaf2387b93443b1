// What may be decided by proof under a native rule set follows from its words.
import t from 'tap';
import type { Provable } from '../../src/model/plan.js';
import { getNftProvable } from '../../src/rules/get-nft-provable.js';

const WORDS: Record<string, Provable> = {
  '': 'all',
  'tcp dport { 80, 81 } counter packets 3 bytes 180 drop': 'all',
  'ip saddr @bad drop comment "limit"': 'all',
  'tcp dport 80 drop # ct count': 'all',
  'ct state established,related accept': 'drops',
  'ct helper "ftp" accept': 'drops',
  'type nat hook output priority -100; redirect to :80': 'drops',
  'limit rate 3/minute accept': 'nothing',
  'quota over 1 mbytes drop': 'nothing',
  'ct count over 3 reject': 'nothing',
  'ct original bytes > 100 drop': 'nothing',
  'ct mark 1 accept': 'nothing',
  'ct status assured accept': 'nothing',
  'numgen inc mod 2 vmap { 0 : drop }': 'nothing',
  'meta random < 5 drop': 'nothing',
  'meta hour "8:00"-"17:00" accept': 'nothing',
  'add @seen { ip saddr }': 'nothing',
  'delete @seen { ip saddr }': 'nothing',
  'update @seen { ip saddr timeout 1m }': 'nothing',
  'type ipv4_addr; flags timeout': 'nothing',
};
for (const [text, provable] of Object.entries(WORDS)) {
  t.test(`${provable}: ${text}`, async (t) => t.equal(getNftProvable(text), provable));
}
