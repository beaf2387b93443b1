import fc from 'fast-check';
import { BUILT_IN_CHAINS, TABLES } from '../../src/rules/rule-names.js';
import type { Table } from '../../src/model/rule.js';

type Words = string[];

const USER_CHAINS = ['web', 'ssh-in', 'x', 'a_very_long_name_of_28_chars', '#odd', 'é'];

const not = fc.boolean().map((negated): Words => (negated ? ['!'] : []));
const port = fc.oneof(fc.integer({ min: 0, max: 65535 }), fc.constantFrom(0, 1, 80, 443, 65534, 65535));
const closedRange = fc.tuple(port, port).map(([a, b]) => `${Math.min(a, b)}:${Math.max(a, b)}`);
/** A negated range of all ports never matches, and is refused. */
const ports = fc.oneof(
  port.map(String),
  closedRange,
  port.map((from) => `${from}:`),
  port.map((to) => `:${to}`),
);
const narrowPorts = ports.filter((text) => !['0:65535', '0:', ':65535'].includes(text));
const portList = fc.array(fc.oneof(port.map(String), closedRange), { minLength: 1, maxLength: 7 }).map((list) => list.join(','));

const number32 = fc.oneof(fc.integer({ min: 0, max: 0xffffffff }), fc.constantFrom(0, 0xffffffff, 0x7f000001, 0x7f000002));
const toAddress = (number: number) => [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
const address = number32.map(toAddress);
const toMask = (length: number) => toAddress(length === 0 ? 0 : 2 ** 32 - 2 ** (32 - length));
const network = fc
  .tuple(number32, fc.integer({ min: 1, max: 32 }), fc.boolean())
  .map(([number, length, dotted]) => `${toAddress(number - (number % 2 ** (32 - length)))}/${dotted ? toMask(length) : length}`);
const oneAddress = fc.oneof(address, network);
const addresses = fc.oneof(
  { arbitrary: oneAddress, weight: 4 },
  {
    arbitrary: fc.array(fc.oneof(oneAddress, fc.constant('0.0.0.0/0')), { minLength: 1, maxLength: 3 }).map((list) => list.join(',')),
    weight: 1,
  },
);
const withAddress = (...flags: string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...flags), addresses).map((words): Words => words),
    fc.tuple(fc.constantFrom(...flags), oneAddress).map(([flag, value]): Words => ['!', flag, value]),
  );

const interfaceName = fc.constantFrom('lo', 'eth0', 'eth+', 'wlan0.7', 'br-lan', 'abcdefghijklmno', 'abcdefghijklmn+', 'a+b');
const withInterface = (...flags: string[]) =>
  fc.oneof(
    fc.tuple(not, fc.constantFrom(...flags), interfaceName).map(([words, flag, name]): Words => [...words, flag, name]),
    fc.constantFrom(...flags).map((flag): Words => [flag, '+']),
  );

const anyCase = (names: string[]) => fc.constantFrom(...names, ...names.map((name) => name.toLowerCase()));
const someOf = (names: string[]) => fc.array(anyCase(names), { minLength: 1, maxLength: names.length }).map((list) => list.join(','));
const flags = fc.oneof(someOf(['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']), fc.constant('ALL'));

/** One piece of each kind at most, in any order. */
const pieces = (...all: fc.Arbitrary<Words>[]): fc.Arbitrary<Words> =>
  fc
    .tuple(...all)
    .chain((words) => fc.shuffledSubarray(words, { minLength: 0 }))
    .map((some) => some.flat());
const somePieces = (...all: fc.Arbitrary<Words>[]): fc.Arbitrary<Words> =>
  fc
    .tuple(...all)
    .chain((words) => fc.shuffledSubarray(words, { minLength: 1 }))
    .map((some) => some.flat());
const option = (flag: string, value: fc.Arbitrary<string>) => fc.tuple(not, value).map(([words, text]): Words => [...words, flag, text]);

const tcpPorts = (...names: string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...names), ports).map((words): Words => words),
    fc.tuple(fc.constantFrom(...names), narrowPorts).map(([flag, text]): Words => ['!', flag, text]),
    fc.tuple(fc.constantFrom(...names), ports).map(([flag, text]): Words => [`${flag}=${text}`]),
  );
const tcpOptions = pieces(
  tcpPorts('--sport', '--source-port'),
  tcpPorts('--dport', '--destination-port'),
  option('--tcp-option', fc.integer({ min: 1, max: 255 }).map(String)),
  fc.oneof(
    not.map((words): Words => [...words, '--syn']),
    fc.tuple(not, flags, fc.oneof(flags, fc.constant('NONE'))).map(([words, mask, set]): Words => [...words, '--tcp-flags', mask, set]),
    fc.constant<Words>(['--tcp-flags', 'NONE', 'NONE']),
  ),
);
const multiport = fc
  .tuple(not, fc.constantFrom('--sports', '--dports', '--ports', '--source-ports', '--destination-ports'), portList)
  .map(([words, flag, list]): Words => ['-m', 'multiport', ...words, flag, list]);

const character = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }),
  fc.constantFrom('"', "'", '\\', '$', ' ', '!', '#', 'é', '漢', '😀'),
);
const comment = fc
  .oneof(
    fc.array(character, { maxLength: 40 }).map((list) => list.join('')),
    fc.constantFrom('-j', '--dport', '!', '', ' ', 'x'.repeat(255), '\\', '\\\\"'),
  )
  .filter((text) => !/[\p{Cc}\p{Cs}]/u.test(text))
  .map((text): Words => ['-m', 'comment', '--comment', text]);

const seconds = fc.constantFrom('0', '10', '10:20', ':5', '7:', '4294967295', '9:9');
const conntrack = somePieces(
  option('--ctstate', someOf(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'])),
  option('--ctproto', fc.constantFrom('tcp', 'UDP', '6', '0', '255', 'ospf', 'icmp')),
  option('--ctorigsrc', oneAddress),
  option('--ctorigdst', oneAddress),
  option('--ctreplsrc', oneAddress),
  option('--ctrepldst', fc.constant('0.0.0.0/0')),
  option('--ctorigsrcport', ports),
  option('--ctorigdstport', ports),
  option('--ctreplsrcport', ports),
  option('--ctrepldstport', ports),
  option('--ctstatus', fc.oneof(fc.constant('NONE'), someOf(['EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED']))),
  option('--ctexpire', seconds),
  fc.constantFrom('ORIGINAL', 'reply').map((direction): Words => ['--ctdir', direction]),
).map((words): Words => ['-m', 'conntrack', ...words]);
const state = option('--state', someOf(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED'])).map((words): Words => [
  '-m',
  'state',
  ...words,
]);
const addressRange = fc.oneof(
  address,
  fc.tuple(number32, number32).map(([a, b]) => `${toAddress(Math.min(a, b))}-${toAddress(Math.max(a, b))}`),
);
const iprange = somePieces(option('--src-range', addressRange), option('--dst-range', addressRange)).map((words): Words => [
  '-m',
  'iprange',
  ...words,
]);

const anyMatches = fc.array(fc.oneof(comment, conntrack, state, iprange), { maxLength: 3 }).map((list) => list.flat());

/** -p and the matches that it allows. Half of the tcp rules load the match implicitly. */
const protocolPart = fc.oneof(
  anyMatches,
  fc
    .tuple(fc.constantFrom('tcp', 'TCP', '6'), fc.boolean(), tcpOptions, fc.array(multiport, { maxLength: 2 }), anyMatches)
    .map(([name, implicit, options, lists, more]): Words => [
      '-p',
      name,
      ...(implicit ? [] : ['-m', 'tcp']),
      ...options,
      ...lists.flat(),
      ...more,
    ]),
  fc
    .tuple(anyMatches, tcpOptions, multiport)
    .map(([more, options, list]): Words => ['-p', 'tcp', ...more, '-m', 'tcp', ...list, '-m', 'tcp', ...options]),
  fc
    .tuple(fc.constantFrom('udp', '17', 'sctp', 'dccp', '33', 'udplite'), multiport, anyMatches)
    .map(([name, list, more]): Words => ['--protocol', name, ...list, ...more]),
  fc
    .tuple(
      not,
      fc.oneof(fc.integer({ min: 1, max: 255 }).map(String), fc.constantFrom('icmp', 'ICMPv6', 'esp', 'mh', 'ax.25', 'gre', 'rspf')),
      anyMatches,
    )
    .map(([words, name, more]): Words => [...words, '-p', name, ...more]),
  fc.constantFrom('all', 'ip', '0', 'hopopt').map((name): Words => ['-p', name]),
);

const answers = fc.constantFrom(
  'icmp-net-unreachable',
  'host-unreach',
  'icmp-proto-unreachable',
  'port-unreach',
  'ICMP-Net-Prohibited',
  'host-prohib',
  'admin-prohib',
);

function target(table: Table): fc.Arbitrary<Words> {
  const verdicts = ['ACCEPT', 'RETURN', ...(table === 'nat' ? [] : ['DROP'])];
  const plain = fc.tuple(fc.constantFrom('-j', '--jump'), fc.constantFrom(...verdicts)).map((words): Words => words);
  const reject = fc.oneof(
    fc.constant<Words>(['-j', 'REJECT']),
    answers.map((answer): Words => ['-j', 'REJECT', '--reject-with', answer]),
  );
  return fc.oneof(plain, fc.constant<Words>([]), ...(table === 'filter' ? [reject] : []));
}

const quote = (word: string) => (/^[\w./:,+@%=!-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

interface Draft {
  table: Table;
  place: number;
  insertAt: number | null;
  jump: number | null;
  goes: boolean;
  body: Words;
  inInterface: Words;
  outInterface: Words;
  addresses: Words;
  target: Words;
}

const draft: fc.Arbitrary<Draft> = fc.constantFrom(...TABLES).chain((table) =>
  fc.record({
    table: fc.constant(table),
    place: fc.nat(1000),
    insertAt: fc.option(fc.nat(1000), { freq: 3 }),
    jump: fc.option(fc.nat(1000), { freq: 4 }),
    goes: fc.boolean(),
    body: protocolPart,
    inInterface: fc.oneof(withInterface('-i', '--in-interface'), fc.constant<Words>([])),
    outInterface: fc.oneof(withInterface('-o', '--out-interface'), fc.constant<Words>([])),
    addresses: pieces(withAddress('-s', '--src', '--source'), withAddress('-d', '--dst', '--destination')),
    target: target(table),
  }),
);

/** A rule set that iptables takes: its chains are made first, and jumps lead only to chains that were made later. */
export const ruleSet: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.subarray(USER_CHAINS),
    fc.array(draft, { minLength: 12, maxLength: 24 }),
    fc.array(fc.tuple(fc.constantFrom(...TABLES), fc.nat(10), fc.constantFrom('ACCEPT', 'DROP')), { maxLength: 2 }),
  )
  .map(([chains, drafts, policies]) => {
    const lengths = new Map<string, number>();
    return [
      ...TABLES.flatMap((table) => chains.map((chain) => `-t ${table} -N '${chain}'`)),
      ...drafts.map((rule) => toText(rule, chains, lengths)),
      ...policies.map(
        ([table, place, policy]) => `-t ${table} -P ${BUILT_IN_CHAINS[table][place % BUILT_IN_CHAINS[table].length] ?? ''} ${policy}`,
      ),
    ];
  });

function toText(rule: Draft, userChains: string[], lengths: Map<string, number>): string {
  const builtIn: string[] = BUILT_IN_CHAINS[rule.table];
  const all = [...builtIn, ...userChains];
  const chain = all[rule.place % all.length] ?? '';
  const later = userChains.slice(userChains.indexOf(chain) + 1);
  const jumpTo = rule.jump === null ? undefined : later[rule.jump % later.length];
  const key = `${rule.table} ${chain}`;
  const length = lengths.get(key) ?? 0;
  lengths.set(key, length + 1);
  const command = rule.insertAt === null ? ['-A', chain] : ['-I', chain, String(1 + (rule.insertAt % (length + 1)))];
  const hasInput = !['OUTPUT', 'POSTROUTING'].includes(chain);
  const hasOutput = !['PREROUTING', 'INPUT'].includes(chain);
  const words = [
    ...(rule.table === 'filter' ? [] : ['-t', rule.table]),
    ...command,
    ...(hasInput ? rule.inInterface : []),
    ...(hasOutput ? rule.outInterface : []),
    // iptables takes no ! beside a list.
    ...rule.addresses.filter((word) => word !== '!' || !rule.addresses.some((other) => other.includes(','))),
    ...rule.body,
    ...(jumpTo === undefined ? rule.target : [rule.goes ? '-g' : '-j', jumpTo]),
  ];
  return words.map(quote).join(' ');
}

const soupWords = fc.constantFrom(
  '!',
  '-s',
  '-d',
  '-p',
  '-i',
  '-o',
  '-m',
  '-j',
  '-g',
  '127.0.0.1',
  '127.0.0.0/8',
  '0.0.0.0/0',
  '1.2.3.4,5.6.7.8',
  'tcp',
  'udp',
  'all',
  'lo',
  '+',
  'comment',
  '--comment',
  'x',
  'multiport',
  '--dports',
  '--ports',
  '80',
  '80,443',
  '80:90',
  '0:65535',
  '--dport',
  '--sport',
  '--syn',
  '--tcp-flags',
  'SYN',
  'ALL',
  'NONE',
  'conntrack',
  '--ctstate',
  'NEW',
  '--ctstatus',
  '--ctexpire',
  '--ctdir',
  'REPLY',
  'state',
  '--state',
  'iprange',
  '--src-range',
  '127.0.0.1-127.0.0.9',
  'ACCEPT',
  'DROP',
  'REJECT',
  'RETURN',
  'TRACE',
  '--reject-with',
  'tcp-reset',
  'icmp-port-unreachable',
  '--ctproto',
  '-w',
  '-4',
  '--tcp-option',
);

/** Options and values in pairs and out of place: most of it is nonsense, and some of it is not. */
export const soup: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { arbitrary: fc.array(soupWords, { minLength: 1, maxLength: 2 }), weight: 1 },
        {
          arbitrary: fc.constantFrom(
            ['-p', 'tcp'],
            ['-p', 'udp'],
            ['-m', 'tcp'],
            ['-m', 'multiport'],
            ['-m', 'conntrack'],
            ['--ctstate', 'NEW'],
            ['--dport', '80'],
            ['-m', 'state'],
            ['--syn'],
            ['!'],
            ['--tcp-flags', 'NONE', 'SYN'],
            ['--dports', '80'],
            ['-s', '127.0.0.1'],
            ['-j', 'REJECT'],
            ['--reject-with', 'tcp-reset'],
            ['-m', 'comment'],
            ['--comment', 'x'],
          ),
          weight: 4,
        },
      ),
      { minLength: 1, maxLength: 7 },
    ),
    fc.constantFrom('INPUT', 'FORWARD'),
  )
  .map(([words, chain]) => `-A ${chain} ${words.flat().join(' ')}`);
