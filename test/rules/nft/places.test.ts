// The rules of nft's listing in the file that they come from.
import t from 'tap';
import { hasNftValues, listNftChains, placeNftRules } from '../../../src/rules/nft/places.js';

/** The line of each rule. rules: `TABLE CHAIN: TEXT` */
function place(text: string, rules: string[]): (string | null)[] {
  const listed = rules.map((rule) => {
    const [, table = '', chain = '', own = ''] = /^(\S+) (\S+): (.*)$/.exec(rule) ?? [];
    return { table, chain, text: own };
  });
  return placeNftRules(listNftChains(text), listed).map((found) =>
    found === null ? null : `${found.chain.family} ${found.tokens[0]?.line ?? ''}`,
  );
}

const BLOCKS = `flush ruleset
table inet filter {
  set bad { type ipv4_addr; elements = { 127.0.0.9 }; }
  chain input {
    type filter hook input priority filter; policy drop;
    ct state related,established accept
    tcp dport { ssh, 80 } accept
  }
  chain other { drop; return; }
}
`;

t.test('chains, their hooks and their policies', async (t) => {
  const chains = listNftChains(`${BLOCKS}add chain x c { type nat hook output priority 0; }\nadd rule ip6 y d accept\n`);
  t.strictSame(
    chains.map(({ family, table, name, base, policy, rules }) => [
      `${family} ${table} ${name}`,
      base === null ? null : `${base.type} ${base.hook}`,
      policy?.text ?? null,
      rules?.length,
    ]),
    [
      ['inet filter input', 'filter input', 'drop', 2],
      ['inet filter other', null, null, 2],
      ['ip x c', 'nat output', null, 0],
      ['ip6 y d', null, null, 1],
    ],
  );
});

t.test('rules that nft prints otherwise, by their order', async (t) => {
  const rules = ['ct state established,related accept', 'tcp dport { 22, 80 } accept'].map((rule) => `filter input: ${rule}`);
  t.strictSame(place(BLOCKS, [...rules, 'filter other: drop', 'filter other: return']), ['inet 6', 'inet 7', 'inet 9', 'inet 9']);
});

t.test('the same text twice', async (t) => {
  const text = 'table ip x {\n chain c {\n counter accept\n counter accept\n }\n}\n';
  const rule = 'x c: counter packets 0 bytes 0 accept';
  t.strictSame(place(text, [rule, rule]), ['ip 3', 'ip 4']);
});

t.test('commands, in all their forms', async (t) => {
  const text =
    'add table x\nadd chain x c\nadd rule x c accept\ninsert rule ip x c drop\nadd ip x c return\nx c continue\nrule x c counter\n';
  const rules = ['drop', 'accept', 'return', 'continue', 'counter'].map((rule) => `x c: ${rule}`);
  t.strictSame(place(text, rules), ['ip 4', 'ip 3', 'ip 5', 'ip 6', 'ip 7']);
});

t.test('tables of two families with one name', async (t) => {
  const text = 'table ip6 x {\n chain c { accept; }\n}\ntable ip x {\n chain c { accept; }\n}\n';
  t.strictSame(place(text, ['x c: accept', 'x c: accept']), ['ip6 2', 'ip 5']);
});

t.test('where the kernel has more or fewer rules, or another order, only what one line alone says', async (t) => {
  const text = (more: string) => `table ip x {\n chain c {\n accept\n drop\n accept\n }\n}\n${more}`;
  const rules = ['x c: accept', 'x c: drop'];
  t.strictSame(place(text(''), rules), [null, 'ip 4'], 'fewer');
  t.strictSame(place(text(''), ['x c: drop', 'x c: accept', 'x c: accept']), ['ip 4', null, null], 'another order');
  for (const command of ['replace rule x c handle 2 drop', 'delete rule x c handle 2', 'add rule x c index 0 drop']) {
    t.strictSame(place(text(`${command}\n`), ['x c: accept', 'x c: drop', 'x c: drop']), [null, null, null], command);
  }
});

t.test('values that rules only name', async (t) => {
  t.ok(hasNftValues(BLOCKS), 'elements of a set');
  t.ok(hasNftValues('define WEB = 80\n'));
  t.ok(hasNftValues('add element ip x bad { 127.0.0.9 }\n'));
  t.notOk(hasNftValues('table ip x { set bad { type ipv4_addr; }\n chain c { ip saddr @bad log prefix "define" accept; }\n}\n'));
});
