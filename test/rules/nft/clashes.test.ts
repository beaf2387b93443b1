// What an nft file does to the tables of the nft files before it.
import t from 'tap';
import { findNftClashes, listNftTables } from '../../../src/rules/nft/clashes.js';

const BESIDE = { before: ['a.nft'], tables: new Map([['inet t', 'a.nft']]), iptables: {} };

t.test('the tables of a file', async (t) => {
  const text = 'define x = 1\ntable inet t {\n chain c {\n }\n}\nadd rule ip u c accept\ndelete table inet v\ntable w {\n}\n';
  t.strictSame(listNftTables(text), ['inet t', 'ip u', 'ip w']);
});

t.test('what removes the rules of an earlier file', async (t) => {
  const removing = [
    'delete table inet t',
    'flush table inet t',
    'flush chain inet t c',
    'delete chain inet t c',
    'delete rule inet t c handle 4',
  ];
  for (const text of removing) {
    const message = 'this removes what a.nft has loaded into table inet t before: put this file first';
    t.match(findNftClashes(`table inet t\n${text}\n`, BESIDE), [{ line: 2, column: 1, message }], text);
    t.strictSame(findNftClashes(text, { ...BESIDE, tables: new Map() }), [], text);
  }
});

t.test('what leaves them', async (t) => {
  const texts = [
    'table inet t {\n chain c {\n }\n}',
    'delete table ip t',
    'flush set inet t s',
    'delete element inet t s { 1 }',
    'insert rule inet t c accept',
  ];
  for (const text of texts) {
    t.strictSame(findNftClashes(text, BESIDE), [], text);
  }
});
