// What `ipset save` writes is read, and what else `ipset restore` would obey is refused with its place.
import t from 'tap';
import { printIpsets } from '../../../src/rules/ipsets/print.js';
import { parseIpsetSave } from '../../../src/rules/ipsets/save.js';

function getProblems(text: string): string[] {
  return parseIpsetSave(text).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

t.test('what ipset gets is printed from what was read', async (t) => {
  const text = [
    '# by hand',
    'create banned hash:net family inet hashsize 4096 maxelem 131072 timeout 600 counters comment bucketsize 12 initval 0x8c7b11a0',
    'create  pairs\thash:ip,port family inet6',
    'create places bitmap:ip range 10.0.0.9-10.0.0.5',
    'create one bitmap:port range 80-80',
    'create all list:set size 8',
    '',
    'add banned 192.0.2.77/24 timeout 0 packets 3 bytes 180 comment "a -file x \\"',
    'add banned 192.0.2.9 nomatch',
    'add pairs 2001:DB8:0::1,icmpv6:echo-request',
    'add pairs 2001:db8::1,UDP:53-50',
    'add places 10.0.0.7-10.0.0.6',
    'add all banned',
  ].join('\n');
  const { sets, problems } = parseIpsetSave(text);
  t.strictSame(problems, []);
  t.equal(
    printIpsets(sets),
    [
      'create banned hash:net family inet maxelem 65536 timeout 600 counters',
      'create pairs hash:ip,port family inet6',
      'create places bitmap:ip range 10.0.0.5-10.0.0.9',
      'create one bitmap:port range 80-80',
      'create all list:set size 8',
      'add banned 192.0.2.0/24 timeout 0 packets 3 bytes 180',
      'add banned 192.0.2.9 nomatch',
      'add pairs 2001:db8::1,58:128/0',
      'add pairs 2001:db8::1,17:50-53',
      'add places 10.0.0.6-10.0.0.7',
      'add all banned',
      '',
    ].join('\n'),
  );
  t.strictSame(
    sets.map(({ family, dimension, shortestTimeout }) => [family, dimension, shortestTimeout]),
    [
      ['ipv4', 1, 600],
      ['ipv6', 2, null],
      ['ipv4', 1, null],
      [null, 1, null],
      [null, 1, null],
    ],
  );
});

/** Each after the line `create a hash:ip`. */
const REFUSED: [text: string, problem: string][] = [
  ...['save a -file x', 'list a -file x', 'restore', 'flush', 'destroy a', 'test a 1.2.3.4', 'quit', 'COMMIT'].map(
    (text): [string, string] => [
      text,
      `2:1: "${text.split(' ')[0]}" is refused: a file of ipsets has the commands "create" and "add" only`,
    ],
  ),
  ['-! flush', '2:4: "flush" is refused: a file of ipsets has the commands "create" and "add" only'],
  ['-exist', '2:1: "-exist" is not a command: a file of ipsets has "create" and "add"'],
  ['create b hash:ip -exi', '2:18: "-exi" is refused: an option of the program ipset, not of a set'],
  ['create -file hash:ip', '2:8: "-file" is refused: an option of the program ipset, not of a set'],
  ['add a 1.2.3.4 -file x', '2:15: "-file" is refused: an option of the program ipset, not of a set'],
  ['add a localhost', '2:7: "localhost" is not an address: only numeric addresses can be used, names are not looked up'],
  ['add a 1.2.3.4-localhost', '2:7: "localhost" is not an address: only numeric addresses can be used, names are not looked up'],
  ['add a 010.1.1.1', '2:7: "010.1.1.1" is not an IPv4 address: write all four numbers, 0 to 255, without leading zeros'],
  ['add a ::1', '2:7: ::1 is IPv6, and the set is IPv4'],
  ['add b 1.2.3.4', '2:5: there is no ipset "b" (did you mean "a"?): it must be created first'],
  ['add a 1.2.3.4,80', '2:7: "1.2.3.4,80": an element of this type has 1 part, and commas between them'],
  ['add a 1.2.3.4 timeout 5', '2:15: timeout needs a set that is created with "timeout"'],
  [
    'add a 1.2.3.4 nomatch',
    '2:15: "nomatch" is not an option of an element of hash:ip: timeout, packets, bytes, comment, skbmark, skbprio, skbqueue',
  ],
  ['add a "1.2.3.4"', '2:7: "1.2.3.4" is quoted: only the text of a comment may be'],
  ['add a 1.2.3.4"', '2:13: a quote is within a word, or is not closed: only the whole text of a comment may be in quotes'],
  ['add a 1.2.3.4\r', '2:14: U+000D cannot be in the line of an ipset'],
  ['add a 1.2.3.4\u0000', '2:14: U+0000 cannot be in the line of an ipset'],
  ['add a 1.2.3.4\u2028', '2:14: U+2028 cannot be in the line of an ipset'],
  ['add a', '2:6: the element is missing'],
  ['create a hash:ip', '2:8: there are two ipsets "a"'],
  ['create b hash:ip timeout', '2:25: the value of timeout is missing'],
  ['create b hash:ip counters counters', '2:27: counters is given twice'],
  ['create b hash:ip hashsize 67108864', '2:27: "67108864" is not a size of a hash table: a number from 0 to 1048576'],
  ['create b bitmap:ip', '2:10: a bitmap needs its range: range FIRST-LAST'],
  ['create b bitmap:ip range 10.0.0.0/8', '2:10: the range 10.0.0.0/8 is too large for a bitmap: at most 65536 elements'],
  [`create ${'b'.repeat(32)} hash:ip`, `2:8: "${'b'.repeat(32)}" has 32 characters: the name of an ipset has at most 31`],
  [`create ${'b'.repeat(2000)} hash:ip`, '2:1: the line has 2015 bytes: ipset reads 1023'],
];

t.test('what else ipset would obey, or look up', async (t) => {
  t.strictSame(
    REFUSED.map(([text]) => [text, ...getProblems(`create a hash:ip\n${text}\n`)]),
    REFUSED,
  );
});

t.test('a type, and an element, by its set', async (t) => {
  t.match(getProblems('create a hash:foo\n'), [/^1:10: "hash:foo" is not a type of ipset: bitmap:ip, /]);
  t.match(getProblems('create a constructor\n'), [/^1:10: "constructor" is not a type of ipset/]);
  t.match(getProblems('create a list:set\ncreate b list:set\nadd a b\n'), [/^3:7: "b" is a list of sets itself/]);
  t.match(getProblems('create a hash:net\nadd a 0.0.0.0/0\n'), [
    /^2:7: .* cannot hold \/0. Write two halves, 0\.0\.0\.0\/1 and 128\.0\.0\.0\/1$/,
  ]);
  t.match(getProblems('create a hash:net\nadd a 10.0.0.0/8\nadd a 10.9.9.9/8\n'), [/^3:7: "10\.0\.0\.0\/8" is in the ipset "a" already$/]);
  t.match(getProblems('create a bitmap:port range 5-10\nadd a 11\n'), [/^2:7: 11 is outside of the range of the set, 5-10$/]);
  t.match(getProblems('create a hash:ip,port\nadd a 1.2.3.4,htttp\n'), [/^2:7: "htttp" is not a service .*\(did you mean "http"\?\)/]);
  t.match(getProblems('create a hash:net,iface\nadd a 1.2.3.4,../x\n'), [/^2:7: "\.\.\/x" is not an interface/]);
});

t.test('services are those of their protocol, by the names that every machine knows', async (t) => {
  const show = (element: string) => {
    const { sets, problems } = parseIpsetSave(`create a hash:ip,port\nadd a 192.0.2.1,${element}\n`);
    return problems[0]?.message ?? sets[0]?.elements[0]?.value;
  };
  const rows: [string, string | RegExp][] = [
    ['ssh', '192.0.2.1,6:22'],
    ['udp:domain', '192.0.2.1,17:53'],
    ['17:domain', '192.0.2.1,17:53'],
    ['http-22', '192.0.2.1,6:22-80'],
    ['tcp:[http-alt]', '192.0.2.1,6:8080'],
    ['[http-alt]-[xfs]', '192.0.2.1,6:7100-8080'],
    ['0120', '192.0.2.1,6:80'],
    ['http-alt', '"http-alt": ipset takes the hyphen for that of a range: write [http-alt]'],
    ['udp:ssh', 'the service ssh belongs to tcp, not to udp: write the number'],
    ['UDP:domain', 'the service domain belongs to tcp and udp, not to UDP: write the number'],
    ['udplite:domain', 'the service domain belongs to tcp and udp, not to udplite: write the number'],
    ['HTTP', /^"HTTP" is not a service that every machine knows/],
    ['[80]', /^"\[80\]" is not a service/],
    ['70000', /^"70000" is not a port/],
    ['1-2-3', /^"1-2-3" is not a port: a number from 0 to 65535, the name of a service, or FIRST-LAST$/],
    ['80-', /^"80-" is not a port/],
  ];
  t.strictSame(
    rows.map(([element, expected]) => [element, typeof expected === 'string' ? show(element) : expected.test(show(element) ?? '')]),
    rows.map(([element, expected]) => [element, typeof expected === 'string' ? expected : true]),
  );
});

t.test('-exist takes what is there already, as ipset 7.17 does', async (t) => {
  const known = ['add a 1.2.3.4', 'add a 1.2.3.4'];
  t.match(getProblems(['create a hash:ip', ...known].join('\n')), [/^3:7: "1\.2\.3\.4" is in the ipset "a" already$/]);
  for (const lines of [
    ['create a hash:ip', ...known.map((line) => `${line} -exist`)],
    ['create a hash:ip --exist', ...known],
    ['create a hash:ip', 'add -! a 1.2.3.4', 'add a 1.2.3.4'],
    ['create a hash:ip hashsize 64 maxelem 65536', 'create a hash:ip family inet -exist', ...known],
    ['create a bitmap:ip range 1.2.3.0/24', '-exist create a bitmap:ip range 1.2.3.0-1.2.3.255'],
    ['create a hash:ip', known[0] ?? '', 'create b hash:ip', 'add a 1.2.3.4 -exist'],
  ]) {
    t.strictSame(getProblems(lines.join('\n')), [], lines.join('; '));
  }
  t.match(getProblems(['create a hash:ip', known[0], 'add a 1.2.3.4 -exist'].join('\n')), [
    /^3:7: "1\.2\.3\.4" is in the ipset "a" already: write -exist in the first of the lines that add to it$/,
  ]);
  for (const second of ['hash:net', 'hash:ip timeout 5', 'hash:ip maxelem 9', 'hash:ip comment']) {
    t.match(getProblems(`create a hash:ip\ncreate a ${second} -exist`), [/^2:8: there are two ipsets "a": -exist takes/], second);
  }
});

const TOO_MANY = /: too many elements: the ipsets of a world have at most 65536 together/;

t.test('limits of a world', async (t) => {
  const adds = Array.from({ length: 70_000 }, (_, place) => `add a 10.${place >> 16}.${(place >> 8) & 255}.${place & 255}`);
  t.strictSame(getProblems(['create a hash:ip', ...adds.slice(0, 65_536)].join('\n')), []);
  const problems = getProblems(['create a hash:ip', ...adds].join('\n'));
  t.match(problems, [/^65538:7: too many elements/]);
  t.equal(problems.length, 1, 'it is said once');
  t.match(getProblems('create a hash:ip\nadd a 0.0.0.0/0\n')[0], TOO_MANY);
  t.match(getProblems('create a hash:ip,port\nadd a 10.0.0.0/24,0-65535\n')[0], TOO_MANY);
  t.strictSame(getProblems('create a bitmap:port range 0-65535\ncreate b bitmap:port range 0-65535\n'), [], 'bits alone are few');
  t.match(getProblems('create a bitmap:port range 0-65535 counters\ncreate b hash:ip\nadd b 1.2.3.4\n')[0], TOO_MANY);
  const creates = Array.from({ length: 257 }, (_, place) => `create s${place} hash:ip`);
  t.strictSame(getProblems(creates.join('\n')), ['257:8: too many ipsets: a world has at most 256']);
});

t.test('maxelem', async (t) => {
  const add = 'add a 1.2.3.4\nadd a 1.2.3.8-1.2.3.9\n';
  t.strictSame(getProblems(`create a hash:ip maxelem 2\n${add}`), ['3:7: the ipset "a" is full: it is created with maxelem 2']);
  t.strictSame(getProblems(`create a hash:ip maxelem 3\n${add}`), []);
  t.strictSame(getProblems(`create a hash:ip maxelem 2 forceadd\n${add}`), []);
});
