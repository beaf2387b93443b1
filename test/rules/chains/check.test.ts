import t from 'tap';
import { checkRuleSet } from '../../../src/rules/chains/check.js';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';

/** Rules, and the problems as "index message"; null is an entry that failed. */
const CASES: [string, (string | null)[], string[]][] = [
  ['in order', ['-N web', '-A INPUT -j web', '-A web -j DROP', '-P INPUT DROP', '-I INPUT 2 -j DROP'], []],
  ['missing', ['-A INPUT -j wbe', '-N web'], ['0 table filter has no chain wbe (did you mean "web"?): make it before with -N wbe']],
  ['a target in lower case', ['-A INPUT -j drop'], ['0 table filter has no chain drop (did you mean "DROP"?)']],
  ['too late', ['-A web -j DROP', '-N web'], ['0 chain web does not exist yet: put entry 1 (-N web) before this one']],
  [
    'in another table',
    ['-t nat -N web', '-A INPUT -j web'],
    ['1 table filter has no chain web (it is made in table nat): make it before with -N web'],
  ],
  ['built-in elsewhere', ['-A PREROUTING -j ACCEPT'], ['0 table filter has no chain PREROUTING: it is in raw, mangle, nat']],
  ['twice', ['-N web', '-N web'], ['1 chain web is there already: entry 0 made it']],
  [
    'built-in made',
    ['-N INPUT', '-N PREROUTING'],
    [
      '0 INPUT is a built-in chain of table filter: -N cannot make it',
      '1 PREROUTING is a built-in chain of table raw: choose another name',
    ],
  ],
  ['policy of a user chain', ['-N web', '-P web DROP'], ['1 -P cannot be used on web: only built-in chains have a policy']],
  [
    'position',
    ['-A INPUT -s 127.0.0.1,127.0.0.2', '-I INPUT 3', '-I INPUT 5', '-I OUTPUT 2'],
    [
      '2 -I INPUT 5: INPUT has 3 rules here, so the last possible position is 4',
      '3 -I OUTPUT 2: OUTPUT has 0 rules here, so the last possible position is 1',
    ],
  ],
  ['loop', ['-N a', '-N b', '-A a -j b', '-A b -g a'], ['3 chains jump in a loop: a → b → a']],
  ['itself', ['-N a', '-A a -j a'], ['1 chains jump in a loop: a → a']],
  [
    'interfaces',
    ['-A OUTPUT -i lo', '-A INPUT -o lo', '-t nat -A POSTROUTING -i lo', '-t raw -A PREROUTING -o lo', '-A FORWARD -i a -o b'],
    [
      '0 -i cannot be used in OUTPUT: use -o',
      '1 -o cannot be used in INPUT: use -i',
      '2 -i cannot be used in POSTROUTING: use -o',
      '3 -o cannot be used in PREROUTING: use -i',
    ],
  ],
  [
    'tables',
    ['-t nat -A OUTPUT -j DROP', '-t mangle -A OUTPUT -j REJECT', '-t nat -P OUTPUT DROP'],
    [
      '0 DROP cannot be used in table nat, only in tables security, filter, mangle, raw',
      '1 REJECT cannot be used in table mangle, only in table filter',
    ],
  ],
  [
    'families',
    ['-N web', 'ip6tables -A INPUT -j web', '-A INPUT -j web', 'ip6tables -I INPUT 3'],
    [
      '1 IPv6 table filter has no chain web: make it before with ip6tables -N web',
      '3 -I INPUT 3: INPUT has 1 rule here, so the last possible position is 2',
    ],
  ],
  [
    'hooks',
    [
      '-A INPUT -m owner --uid-owner 0',
      '-t nat -A INPUT -j DNAT --to-destination 1.1.1.1',
      '-N a',
      '-A INPUT -j a',
      '-A a -j CLASSIFY --set-class 1:1',
      '-A OUTPUT -m physdev --physdev-is-out --physdev-is-bridged',
      '-A OUTPUT -m physdev --physdev-is-out ! --physdev-is-bridged',
    ],
    [
      '0 -m owner cannot be used in INPUT, only in OUTPUT, POSTROUTING',
      '1 DNAT cannot be used in INPUT, only in PREROUTING, OUTPUT',
      '4 CLASSIFY cannot be used in a, where packets come to from INPUT, only in FORWARD, OUTPUT, POSTROUTING',
      '6 -m physdev cannot be used in OUTPUT, only in PREROUTING, INPUT, FORWARD, POSTROUTING',
    ],
  ],
  ['after a failure', [null, '-A INPUT -j web', '-A web', '-I INPUT 9', '-A OUTPUT -i lo'], ['4 -i cannot be used in OUTPUT: use -o']],
];

t.test('what only shows when rules are taken together', async (t) => {
  for (const [name, texts, problems] of CASES) {
    const found = checkRuleSet(texts.map((text) => (text === null ? null : [parseRuleText(text)])));
    t.strictSame(
      found.map(({ index, message }) => `${index} ${message}`),
      problems,
      name,
    );
  }
});

t.test('depth counts from built-in chains', async (t) => {
  const deep = (count: number) => [
    ...Array.from({ length: count }, (_, index) => `-N c${index + 1}`),
    ...Array.from({ length: count - 1 }, (_, index) => `-A c${index + 1} -j c${index + 2}`),
  ];
  const check = (texts: string[]) => checkRuleSet(texts.map((text) => [parseRuleText(text)])).map(({ message }) => message);
  t.strictSame(check(deep(40)), []);
  t.strictSame(check([...deep(15), '-A INPUT -j c1']), []);
  t.strictSame(check([...deep(16), '-A INPUT -j c1']), ['this jump goes 16 chains deep: at most 15']);
});

t.test('20,000 chains, each of which jumps to the next, are checked without recursion', async (t) => {
  const chains = Array.from({ length: 20_000 }, (_, index) => `-N c${index}`);
  const jumps = Array.from({ length: 20_000 }, (_, index) => `-A c${index} -j ${index === 19_999 ? 'DROP' : `c${index + 1}`}`);
  const entries = [...chains, ...jumps].map((text) => [parseRuleText(text)]);
  t.strictSame(checkRuleSet(entries), []);
});
