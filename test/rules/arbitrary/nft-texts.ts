// Texts for nft in which two readers could see different words: real rules, and what is forbidden, in every disguise that we could think of.
import fc from 'fast-check';

/** Of which kind a text is: `harmless` has what is forbidden in comments and strings only, `hidden` may have it anywhere, `soup` is no rule set. */
export interface NftText {
  kind: 'harmless' | 'hidden' | 'soup';
  text: string;
}

const WORDS = [
  'include',
  'queue',
  'netdev',
  'ingress',
  'egress',
  'ct helper',
  'flowtable',
  'flow',
  'nftrace',
  'meta nftrace set 1',
  'monitor',
  'dup',
];

/** What looks like the end of a line, like a blank, or like nothing. */
const strange = fc.constantFrom(
  '\r',
  '\r\n',
  '\u2028',
  '\u2029',
  '\x85',
  '\x0b',
  '\x0c',
  '\x1b',
  '\x7f',
  '\xa0',
  '\u200b',
  '\ufeff',
  'é',
  '日',
);

const inComment = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '',
      ' x',
      ' "',
      '"',
      ' { ',
      '}',
      ' include "CANARY"',
      ' queue',
      ' \\',
      '#',
      ' netdev',
      ';',
      '80queue',
      'größe 日本',
    ),
  },
  { weight: 1, arbitrary: strange },
);
const harmlessComment = fc.constantFrom(
  ...WORDS.map((word) => `# ${word}`),
  '#',
  '# "',
  '#"{',
  '# } \\',
  '# include "CANARY"',
  '#;drop',
  '# größe',
);
const anyComment = fc.array(inComment, { maxLength: 3 }).map((parts) => `#${parts.join('')}`);

const harmlessString = fc.constantFrom(
  ...WORDS,
  '',
  'x',
  '# x',
  '{',
  '}',
  ';',
  '\n',
  'a\nqueue',
  '\\',
  'größe',
  "'",
  'table netdev x { }',
  '\r',
  '\u2028"'.slice(0, 1),
);
const anyString = fc.oneof(harmlessString, strange);

interface Spelling {
  comment: fc.Arbitrary<string>;
  string: fc.Arbitrary<string>;
}

const HARMLESS: Spelling = { comment: harmlessComment, string: harmlessString };
const ANY: Spelling = { comment: fc.oneof(harmlessComment, anyComment), string: anyString };

/** Between two words of a statement. */
function makeBlank({ comment }: Spelling): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(' ', '  ', '\t', ' \t ') },
    { weight: 2, arbitrary: fc.constantFrom(' \\\n', '\\\n', '\\\n\t') },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom('\\\n', ' \\\n  ', '\\\n\t'), comment).map(([join, said]) => `${join}${said}\n`) },
  );
}

/** Between two statements. */
function makeEnd({ comment }: Spelling): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('\n', ';', ' ; ', '\n\n', ';\n') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom('', ' ', ';'), comment, fc.constantFrom('', '\n', '\n\t'))
        .map(([a, said, b]) => `${a}${said}\n${b}`),
    },
  );
}

/** `STRING` is replaced by one, a blank by another blank. */
const RULES = [
  'drop',
  'accept',
  'counter',
  'reject',
  'tcp dport 80 drop',
  'tcp dport { 80, 81 } accept',
  'tcp dport {80,81}drop',
  'ip saddr 127.0.0.1 drop',
  'ip saddr 127.0.0.0/8 counter accept',
  'tcp dport 80accept',
  'tcp dport 0x50reject',
  'meta mark 1accept',
  'ct state established,related accept',
  'log prefix "STRING"',
  'accept comment "STRING"',
  'iifname "lo"drop',
  'tcp dport 80 drop comment "STRING"',
  'meta l4proto tcp counter',
  'tcp dport 80-90 reject with tcp reset',
  'ip protocol icmp accept',
  'oifname eth* accept',
  'oifname "eth*" accept',
  'ct mark 0x1 drop',
  'tcp dport vmap { 80 : drop, 81 : accept }',
  'ip daddr != 127.0.0.2 drop',
  'meta mark set 1',
  'tcp flags syn drop',
  'icmp type echo-request drop',
  'limit rate 5/second accept',
  'ct expiration 5s drop',
  'ct expiration 5saccept',
  'ether saddr aa:bb:cc:dd:ee:ff drop',
  'vlan type 8021q drop',
  'ct original packets > 5 drop',
];
const IPV6_RULES = ['ip6 saddr ::1reject', 'ip6 saddr fe80::1 accept', 'ip6 daddr ::ffff:1.2.3.4 drop', 'ip6 saddr ::/64 drop'];

/** What must not pass, by where it would stand. */
const IN_CHAIN = [
  'queue',
  'queue num 0',
  'queue to 1',
  'meta nftrace set 1',
  'nftrace set 1',
  'ct helper set "f"',
  'dup to 127.0.0.9',
  'flow add @f',
  'flow offload @f',
  'log level audit',
  'log level "audit"',
  'include "CANARY"',
];
const IN_TABLE = [
  'ct helper f { type "ftp" protocol tcp; }',
  'ct helper f { type "ftp" protocol tcp\n l3proto ip\n }',
  'flowtable f { hook ingress priority 0; devices = { lo }; }',
  'chain d { type filter hook ingress device lo priority 0; }',
  'chain d { type filter hook egress device "lo" priority 0; }',
  'include "CANARY"',
  'flags owner',
];
const IN_FILE = [
  'include "CANARY"',
  'include"CANARY"',
  'table netdev n { chain o { type filter hook ingress device lo priority 0; }\n}',
  'add table netdev n',
  'ct helper ip t0 f { type "ftp" protocol tcp; }',
  'add ct helper ip t0 f { type "ftp" protocol tcp; }',
  'add flowtable ip t0 f { hook ingress priority 0; devices = { lo }; }',
  'add rule ip t0 c0 queue',
  'add rule ip t0 c0 meta nftrace set 1',
  'table arp a { }',
  'flush ruleset netdev',
];
/** What a word may be glued to and still be one of its own to nft. */
const GLUE = [
  '80',
  '0x50',
  '0xffe',
  '5s',
  '1d2h',
  '5ms',
  '10.0.0.1',
  '::1',
  '::f',
  'fe80::a',
  '::ffff:1.2.3.4',
  'aa:bb:cc:dd:ee:ff',
  '[::1]',
  '8021q',
  '8021ad',
  'eth*',
  'eth\\*',
  '\\*',
  'ab:cd',
  '1:f-',
  '!',
  '!=',
  '@',
  '$',
  '*',
  '<<',
  '(',
  '-',
  '/',
  '.',
  '_',
  'a',
  'a-',
  'a/',
];

function spell(statement: fc.Arbitrary<string>, spelling: Spelling): fc.Arbitrary<string> {
  return fc
    .tuple(statement, fc.array(makeBlank(spelling), { minLength: 12, maxLength: 12 }), spelling.string)
    .map(([text, blanks, string]) => {
      let place = 0;
      // Blanks of a string are its own.
      const spelled = text.replaceAll(/"[^"]*"| /g, (found) => (found === ' ' ? (blanks[place++ % blanks.length] ?? ' ') : found));
      return spelled.replaceAll('STRING', () => string.slice(0, 15));
    });
}

/** What is forbidden, plainly or in disguise. */
function makeForbidden(statements: string[], spelling: Spelling): fc.Arbitrary<string> {
  const plain = spell(fc.constantFrom(...statements), spelling);
  return fc.oneof(
    plain,
    // Behind what only one of two readers takes for the end of a comment, up to what only the other takes for the end of a string.
    fc
      .tuple(fc.constantFrom('#', '# ', '#x'), strange, fc.constantFrom('"', '', ' ', '{'), plain)
      .map(([a, b, c, d]) => `${a}${b}${c}\n${d}\n# "\n`),
    fc.tuple(fc.constantFrom('#', '"x" #'), strange, plain).map(([a, b, c]) => `${a}${b}${c}\n`),
    // Glued to what stands before it.
    fc.tuple(fc.constantFrom(...GLUE), plain).map(([glue, text]) => `tcp dport ${glue}${text}`),
    fc.tuple(strange, plain).map(([character, text]) => `${character}${text}`),
    // Parted.
    fc
      .tuple(plain, fc.nat(30), fc.constantFrom('\\\n', '\\', '\n', '""', '#\n', '\r', '\t', '*', '$'))
      .map(([text, at, by]) => text.slice(0, at) + by + text.slice(at)),
  );
}

function makeRules(spelling: Spelling, more: fc.Arbitrary<string> | null, isIPv6: boolean): fc.Arbitrary<string> {
  const rule = spell(fc.constantFrom(...RULES, ...(isIPv6 ? IPV6_RULES : [])), spelling);
  const statement = more === null ? rule : fc.oneof({ weight: 6, arbitrary: rule }, { weight: 1, arbitrary: more });
  return fc.array(fc.tuple(statement, makeEnd(spelling)), { maxLength: 5 }).map((all) => all.map((pair) => pair.join('')).join(''));
}

function makeRuleset(spelling: Spelling, isHidden: boolean): fc.Arbitrary<string> {
  const chain = (name: string, isIPv6: boolean) =>
    fc
      .tuple(
        fc.constantFrom(
          'type filter hook input priority 0; policy accept;',
          'type filter hook output priority filter\n',
          '',
          'comment "x"\n',
          'define a = { 1, 2 }\n',
        ),
        makeRules(spelling, isHidden ? makeForbidden(IN_CHAIN, spelling) : null, isIPv6),
        makeEnd(spelling),
      )
      .map(([head, rules, end]) => `chain ${name} {\n${head}${rules}}${end}`);
  const table = (head: string, isIPv6: boolean) =>
    fc
      .tuple(
        fc.constantFrom(
          '',
          'set s { type ipv4_addr; elements = { 127.0.0.5, 127.0.0.6 }\n}\n',
          'map m {\n type inet_service : verdict # x\n elements = { 80 : drop }\n}\n',
          'counter k { }\n',
        ),
        isHidden
          ? fc.option(
              makeForbidden(IN_TABLE, spelling).map((text) => `${text}\n`),
              { nil: '', freq: 4 },
            )
          : fc.constant(''),
        chain('c0', isIPv6),
        fc.oneof(fc.constant(''), chain('ingress', isIPv6)),
        makeEnd(spelling),
      )
      .map(([objects, more, first, second, end]) => `${head} {\n${objects}${more}${first}${second}}${end}`);
  const command = spell(
    fc.constantFrom(
      'add rule ip t0 c0 tcp dport 80 drop',
      'insert rule ip t0 c0 accept comment "STRING"',
      'add rule t0 c0 counter',
      'rule ip t0 c0 drop',
      'ip t0 c0 tcp dport {80,81} drop',
      't0 c0 drop',
      'add t0 c0 reject',
      'insert rule ip t0 c0 index 0 drop',
      'define b = 80',
      'list ruleset',
      'add element ip t0 s { 127.0.0.7 }',
      'add chain ip t0 c9 { drop; }',
    ),
    spelling,
  );
  const last = isHidden ? fc.oneof(command, makeForbidden(IN_FILE, spelling)) : command;
  return fc
    .tuple(
      fc.option(
        spelling.comment.map((said) => `${said}\n`),
        { nil: '' },
      ),
      table('table ip t0', false),
      fc.oneof(fc.constant(''), table('add table inet t1', true), table('table ip6 t2', true)),
      fc.array(fc.tuple(last, makeEnd(spelling)), { maxLength: 2 }).map((all) => all.map((pair) => pair.join('')).join('')),
      fc.constantFrom('\n', '\n', '\n', '\n\n', '', '', ' ', ';', '\\\n', '# end', '\n# end', '\\'),
    )
    .map((all) => all.join(''));
}

const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...WORDS,
        ...GLUE,
        ...GLUE,
        'ct',
        'helper',
        'set',
        'table',
        'chain',
        'hook',
        'type',
        'level',
        'audit',
        'meta',
        '"ftp"',
        '#',
        '\\',
        '{',
        '}',
        ',',
        ';',
        '\n',
        ' ',
        ' ',
        '\t',
        '\\\n',
        ':',
        '=',
        '80',
        'ffff',
        'define x =',
      ),
      strange,
    ),
    { minLength: 1, maxLength: 30 },
  )
  .map((parts) => parts.join(''));

export const nftText: fc.Arbitrary<NftText> = fc.oneof(
  { weight: 4, arbitrary: makeRuleset(HARMLESS, false).map((text): NftText => ({ kind: 'harmless', text })) },
  { weight: 3, arbitrary: makeRuleset(ANY, true).map((text): NftText => ({ kind: 'hidden', text })) },
  { weight: 3, arbitrary: soup.map((text): NftText => ({ kind: 'soup', text })) },
);
