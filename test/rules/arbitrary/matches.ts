import fc from 'fast-check';
import type { Family } from '../../../src/model/rule.js';
import type { MATCHES } from '../../../src/rules/extensions/match-table.js';
import * as a from './values.js';
import type { Words } from './values.js';

type MatchName = keyof typeof MATCHES;

const { match, option, plain, bare, either, join, pieces, somePieces } = a;
const flags = fc.oneof(a.someOf(['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']), fc.constant('ALL'));
const protocolPorts = (text: fc.Arbitrary<string>, ...names: string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...names), text).map((words): Words => words),
    // A negated range of all ports never matches, and is refused.
    fc
      .tuple(
        fc.constantFrom(...names),
        text.filter((own) => !/^0?:(65535)?$/.test(own)),
      )
      .map(([flag, own]): Words => ['!', flag, own]),
    fc.tuple(fc.constantFrom(...names), text).map(([flag, own]): Words => [`${flag}=${own}`]),
  );
const makePorts = (text: fc.Arbitrary<string>) => [
  protocolPorts(text, '--sport', '--source-port'),
  protocolPorts(text, '--dport', '--destination-port'),
];
const portOptions = makePorts(a.ports);
export const tcpOptions = pieces(
  ...portOptions,
  option('--tcp-option', a.number(1, 255)),
  fc.oneof(
    either('--syn'),
    fc.tuple(a.not, flags, fc.oneof(flags, fc.constant('NONE'))).map(([words, mask, set]): Words => [...words, '--tcp-flags', mask, set]),
    fc.constant<Words>(['--tcp-flags', 'NONE', 'NONE']),
  ),
);
export const multiport = match(
  'multiport',
  fc.constantFrom('--sports', '--dports', '--ports', '--source-ports', '--destination-ports').chain((flag) => option(flag, a.portList)),
);
/** iptables-save loses the end 0. */
const ctPorts = a.anyPorts.filter((text) => !/:0$/.test(text));
const seconds = a.looseRange(0, 0xffffffff);
const chunk = fc.constantFrom(
  'DATA',
  'init',
  'DATA:Be',
  'ABORT:t',
  'SACK',
  'HEARTBEAT',
  'SHUTDOWN_COMPLETE:T',
  'ASCONF',
  'FORWARD_TSN',
  'I_FORWARD_TSN',
  'I_DATA',
);
const chunks = fc.oneof(
  fc.constantFrom('ALL', 'NONE'),
  fc.uniqueArray(chunk, { minLength: 1, maxLength: 4, selector: (text) => text.split(':')[0] }).map((list) => list.join(',')),
);
const dccpTypes = a.someOf(['REQUEST', 'RESPONSE', 'DATA', 'ACK', 'DATAACK', 'CLOSEREQ', 'CLOSE', 'RESET', 'SYNC', 'SYNCACK', 'INVALID']);
const icmpTypes = fc.oneof(
  a.number(0, 255),
  fc.tuple(a.number(0, 254), a.number(0, 255)).map((pair) => pair.join('/')),
);
const ofTcp = join(
  bare('-p').map((): Words => ['-p', 'tcp']),
  fc.oneof(match('tcp', tcpOptions), tcpOptions),
);

/** Matches that need -p, with it. */
function matchesWithProtocol(family: Family) {
  const icmp =
    family === 'ipv4'
      ? ['icmp', 'icmp', '--icmp-type', 'ping', 'any', 'TOS-host-redirect', '255', '255/3', '255/0:255', '8/0:255']
      : ['ipv6-icmp', 'icmpv6', '--icmpv6-type', 'ping', 'no-route', 'neighbour-solicitation', '135', '1/6'];
  const [protocol = '', name = '', flag = '', ...types] = icmp;
  const icmpMatch = join(
    fc.constantFrom<Words>(['-p', protocol], ['-p', protocol, '-m', name]),
    option(flag, fc.oneof(icmpTypes, fc.constantFrom(...types))),
  );
  return {
    tcp: [
      join(
        ofTcp,
        fc.array(multiport, { maxLength: 2 }).map((list) => list.flat()),
      ),
    ],
    tcpmss: [join(ofTcp, match('tcpmss', option('--mss', a.numberRange(0, 65535))))],
    ecn: [join(ofTcp, match('ecn', somePieces(either('--ecn-tcp-ece'), either('--ecn-tcp-cwr'), option('--ecn-ip-ect', a.number(0, 3)))))],
    udp: [join(fc.constantFrom<Words>(['-p', 'udp'], ['-p', 'udp', '-m', 'udp']), pieces(...makePorts(a.anyPorts)))],
    multiport: [
      join(
        fc.constantFrom('udp', '17', 'sctp', 'dccp', '33', 'udplite').map((udp): Words => ['--protocol', udp]),
        multiport,
      ),
    ],
    sctp: [
      join(
        fc.constant<Words>(['-p', 'sctp', '-m', 'sctp']),
        pieces(
          ...makePorts(a.numericPorts),
          fc
            .tuple(a.not, fc.constantFrom('any', 'all', 'only'), chunks)
            .map(([words, how, list]): Words => [...words, '--chunk-types', how, list]),
        ),
      ),
    ],
    dccp: [
      join(
        fc.constant<Words>(['-p', 'dccp', '-m', 'dccp']),
        pieces(...makePorts(a.anyPorts), option('--dccp-types', dccpTypes), option('--dccp-option', a.number(1, 255))),
      ),
    ],
    icmp: family === 'ipv4' ? [icmpMatch] : [],
    icmp6: family === 'ipv6' ? [icmpMatch] : [],
    esp: [join(fc.constant<Words>(['-p', 'esp', '-m', 'esp']), option('--espspi', numbers32))],
    ipcomp: [join(fc.constant<Words>(['-p', 'ipcomp', '-m', 'ipcomp']), option('--ipcompspi', numbers32))],
    ah:
      family === 'ipv4'
        ? [join(fc.constant<Words>(['-p', 'ah', '-m', 'ah']), option('--ahspi', numbers32))]
        : [match('ah', pieces(option('--ahspi', numbers32), option('--ahlen', a.number(0, 0xffffffff)), bare('--ahres')))],
    mh:
      family === 'ipv6'
        ? [
            join(
              fc.constant<Words>(['-p', 'mh', '-m', 'mh']),
              option('--mh-type', fc.constantFrom('brr', 'Cot:9', '0', '255', '3:3', '5:')),
            ),
          ]
        : [],
    osf:
      family === 'ipv4'
        ? [
            join(
              ofTcp,
              match(
                'osf',
                join(
                  option('--genre', fc.constantFrom('Linux', 'Windows', 'unknown')),
                  pieces(plain('--ttl', a.number(0, 2)), plain('--log', a.number(0, 2))),
                ),
              ),
            ),
          ]
        : [],
  } satisfies Partial<Record<MatchName, fc.Arbitrary<Words>[]>>;
}

const TYPES = ['UNSPEC', 'UNICAST', 'LOCAL', 'ANYCAST', 'MULTICAST', 'UNREACHABLE'];
/** All of them say nothing, and never match where they are negated. */
const numbers32 = a.looseRange(0, 0xffffffff).filter((text) => text !== '0:4294967295' && text !== ':');
const name = fc.constantFrom('a', 'list_1', 'x.y-z');
const rate = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 2, 3, 7, 60, 120)),
    fc.constantFrom('', '/s', '/sec', '/minute', '/hour', '/day'),
  )
  .map(([count, unit]) => `${count}${unit}`);
/** Even of the slowest a burst of 80 takes less than a day. */
const fastRate = rate.map((text) => text.replace('day', 's').replace(/^\d\/h/, '10/h'));
const u32Location = fc
  .array(fc.oneof(fc.tuple(fc.constantFrom('&', '@', ' & '), a.hex(0xffffffff)), fc.tuple(fc.constantFrom('<<', '>>'), a.hex(31))), {
    maxLength: 9,
  })
  .chain((steps) => a.hex(0xffffffff).map((first) => first + steps.flat().join('')));
const u32Test = fc
  .tuple(u32Location, fc.array(a.numberRange(0, 0xffffffff), { minLength: 1, maxLength: 10 }))
  .map(([location, values]) => `${location}=${values.join(',')}`);
const date = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.boolean())
  .map(([value, isDay]) => new Date(value * 1000).toISOString().slice(0, isDay ? 10 : 19));
const timeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59), fc.option(fc.nat(59)))
  .map(([hours, minutes, rest]) =>
    [String(hours), ...[minutes, ...(rest === null ? [] : [rest])].map((part) => String(part).padStart(2, '0'))].join(':'),
  );
const byteText = fc
  .array(fc.oneof(fc.constantFrom('abc', 'x y', '"', '\\'), fc.constantFrom('|0d0a|', '|00|', '|61 62|')), { minLength: 1, maxLength: 4 })
  .map((list) => list.join(''))
  .filter((text) => !/\\|\|\|/.test(text));

/** The kernel refuses a table that one rule uses with a rate match and another without. */
const renameRateMatch = (words: Words) =>
  words.map((word, place) => (words[place - 1] === '--hashlimit-name' && words.includes('--hashlimit-rate-match') ? `${word}-rate` : word));

/** Each match that needs no -p: what may follow -m NAME. ecn also has options that need -p. The compiler names a match that has no row. */
type FreeMatch = Exclude<MatchName, keyof ReturnType<typeof matchesWithProtocol>> | 'ecn';

function freeMatches(family: Family): Record<FreeMatch, fc.Arbitrary<Words>[]> {
  const { any, oneAddress, network, anyRange, mask } = a.makeAddresses(family);
  const bits = family === 'ipv4' ? 32 : 128;
  const hops = family === 'ipv4' ? 'ttl' : 'hl';
  const types = fc.uniqueArray(fc.constantFrom(...TYPES, ...(family === 'ipv4' ? ['BROADCAST', 'blackhole', 'PROHIBIT', 'THROW'] : [])), {
    minLength: 1,
  });
  const typeList = types.map((list) => list.join(','));
  const hopLimit = fc.oneof(
    option(`--${hops}-eq`, a.number(0, 255)),
    option(`--${hops}`, a.number(0, 255)),
    fc.constantFrom('lt', 'gt').chain((way) => plain(`--${hops}-${way}`, a.number(0, 255))),
  );
  return {
    comment: [plain('--comment', a.text(255))],
    state: [option('--state', a.someOf(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED']))],
    iprange: [somePieces(option('--src-range', anyRange), option('--dst-range', anyRange))],
    conntrack: [
      somePieces(
        option('--ctstate', a.someOf(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'])),
        option('--ctproto', fc.constantFrom('tcp', 'UDP', '6', '0', '255', 'ospf', 'icmp')),
        option('--ctorigsrc', oneAddress),
        option('--ctorigdst', oneAddress),
        option('--ctreplsrc', oneAddress),
        option('--ctrepldst', fc.constant(any)),
        option('--ctorigsrcport', ctPorts),
        option('--ctorigdstport', ctPorts),
        option('--ctreplsrcport', ctPorts),
        option('--ctrepldstport', ctPorts),
        option('--ctstatus', fc.oneof(fc.constant('NONE'), a.someOf(['EXPECTED', 'SEEN_REPLY', 'ASSURED', 'CONFIRMED']))),
        option('--ctexpire', seconds),
        plain('--ctdir', fc.constantFrom('ORIGINAL', 'reply')),
      ),
    ],
    addrtype: [
      join(
        somePieces(option('--src-type', typeList), option('--dst-type', typeList)),
        pieces(bare('--limit-iface-in', '--limit-iface-out')),
      ),
    ],
    mark: [option('--mark', a.masked(0xffffffff))],
    set: [
      join(
        fc.tuple(a.not, fc.constantFrom('--match-set', '--set'), a.ipset).map(([words, flag, ipset]): Words => [...words, flag, ...ipset]),
        pieces(
          bare('--return-nomatch'),
          either('--update-counters'),
          either('--update-subcounters'),
          fc.oneof(
            option('--packets-eq', a.number(0, 2 ** 40)),
            plain('--packets-lt', a.number(0, 9)),
            plain('--packets-gt', a.number(0, 9)),
          ),
          fc.oneof(option('--bytes-eq', a.number(0, 2 ** 40)), plain('--bytes-lt', a.number(0, 9)), plain('--bytes-gt', a.number(0, 9))),
        ),
      ),
    ],
    connmark: [option('--mark', a.masked(0xffffffff))],
    owner: [
      somePieces(
        either('--socket-exists'),
        option('--uid-owner', fc.constantFrom('0', '0-0')),
        join(option('--gid-owner', fc.constantFrom('0', '0-0')), pieces(bare('--suppl-groups'))),
      ),
    ],
    limit: [pieces(plain('--limit', rate), plain('--limit-burst', a.number(1, 10_000)))],
    hashlimit: [
      join(
        fc
          .constantFrom('--hashlimit-upto', '--hashlimit-above', '--hashlimit')
          .chain((flag) =>
            fc.oneof(
              join(plain(flag, fastRate), pieces(plain('--hashlimit-burst', fc.oneof(a.number(1, 80), fc.constantFrom('80b', '1k'))))),
              join(
                plain(flag, rate),
                fc.constant<Words>(['--hashlimit-rate-match']),
                pieces(plain('--hashlimit-burst', a.number(1, 1_000_000))),
              ),
              join(
                plain(flag, fc.constantFrom('16b/s', '100b/s', '12345b/s', '4kb/s', '1000kb/sec', '512kb/second', '3mb/s', '5000mb/s')),
                pieces(bare('--hashlimit-rate-match')),
              ),
              fc.constantFrom<Words>(
                [flag, '4kb/s', '--hashlimit-burst', '400kb'],
                [flag, '1000kb/s', '--hashlimit-burst', '3000kb'],
                [flag, '1kb/s', '--hashlimit-burst', '1500b', '--hashlimit-rate-match'],
              ),
            ),
          ),
        plain('--hashlimit-name', fc.oneof(name, fc.constant('a-name-of-more-than-fourteen'))),
        pieces(
          plain('--hashlimit-mode', a.someOf(['srcip', 'srcport', 'dstip', 'dstport'])),
          plain('--hashlimit-htable-size', a.number(0, 1000)),
          plain('--hashlimit-htable-max', a.number(0, 0xffffffff)),
          plain('--hashlimit-rate-interval', a.number(1, 0x7fffffff)),
          plain('--hashlimit-htable-gcinterval', a.number(1, 2000)),
          plain('--hashlimit-htable-expire', a.number(1, 100_000)),
          plain('--hashlimit-srcmask', a.number(0, bits)),
          plain('--hashlimit-dstmask', a.number(0, bits)),
        ),
      ).map(renameRateMatch),
    ],
    recent: [
      join(
        fc.oneof(
          either('--set', '--remove'),
          join(
            either('--rcheck', '--update'),
            pieces(
              join(plain('--seconds', a.number(1, 1000)), pieces(bare('--reap'))),
              plain('--hitcount', a.number(0, 500)),
              bare('--rttl'),
            ),
          ),
        ),
        pieces(plain('--name', name), plain('--mask', mask), bare('--rsource', '--rdest')),
      ),
    ],
    connlimit: [
      join(
        fc.constantFrom('--connlimit-upto', '--connlimit-above').chain((flag) => option(flag, a.number(0, 0xffffffff))),
        pieces(plain('--connlimit-mask', a.number(0, bits)), bare('--connlimit-saddr', '--connlimit-daddr')),
      ),
    ],
    connbytes: [
      join(
        option(
          '--connbytes',
          fc.oneof(
            // two equal ends cannot be negated
            a.numberRange(0, 2 ** 52).filter((range) => !/^(\d+):\1$/.test(range)),
            a.number64.filter((from) => from !== '18446744073709551615').map((from) => `${from}:`),
          ),
        ),
        plain('--connbytes-dir', fc.constantFrom('original', 'reply', 'both')),
        plain('--connbytes-mode', fc.constantFrom('packets', 'bytes', 'avgpkt')),
      ),
    ],
    statistic: [
      fc.oneof(
        join(
          fc.constant<Words>(['--mode', 'random']),
          option(
            '--probability',
            fc.oneof(
              fc.nat(10_000).map((n) => String(n / 10_000)),
              fc.constantFrom('0.3333333333333333', '1', '0', '.5'),
            ),
          ),
        ),
        join(fc.constant<Words>(['--mode', 'nth']), option('--every', a.number(10, 0xffffffff)), plain('--packet', a.number(0, 9))),
      ),
    ],
    time: [
      pieces(
        plain('--timestart', timeOfDay),
        plain('--timestop', timeOfDay),
        option(
          '--monthdays',
          fc.array(a.number(1, 31), { minLength: 1, maxLength: 9 }).map((list) => list.join(',')),
        ),
        option(
          '--weekdays',
          fc.array(fc.constantFrom('Mon', 'Tue', 'Sun', '3'), { minLength: 1 }).map((list) => list.join(',')),
        ),
        fc
          .tuple(date, date)
          .filter(([, last]) => !last.startsWith('1970-01-01'))
          .map(([first, last]): Words => ['--datestart', first, '--datestop', last]),
        bare('--kerneltz'),
      ),
      fc.constant<Words>(['--timestart', '23:00', '--timestop', '01:00', '--contiguous']),
    ],
    string: [
      join(
        fc.oneof(
          option(
            '--string',
            a.text(128).filter((text) => text !== '' && text !== '!'),
          ),
          option('--hex-string', byteText),
        ),
        plain('--algo', fc.constantFrom('bm', 'kmp')),
        pieces(plain('--from', a.number(0, 1000)), plain('--to', a.number(1000, 65535)), bare('--icase')),
      ),
    ],
    length: [option('--length', a.looseRange(0, 65535))],
    mac: [option('--mac-source', fc.constantFrom('00:11:22:33:44:55', 'aa:BB:cc:dd:EE:ff'))],
    pkttype: [option('--pkt-type', fc.constantFrom('unicast', 'broadcast', 'MULTICAST'))],
    physdev: [
      somePieces(
        option('--physdev-in', a.interfaceName),
        either('--physdev-is-in'),
        option('--physdev-out', a.interfaceName),
        either('--physdev-is-out'),
        either('--physdev-is-bridged'),
      ),
    ],
    policy: [
      join(plain('--dir', fc.constantFrom('in', 'out')), fc.constant<Words>(['--pol', 'none'])),
      join(
        plain('--dir', fc.constantFrom('in', 'out')),
        fc.constant<Words>(['--pol', 'ipsec']),
        pieces(
          option('--reqid', a.number(0, 0xffffffff)),
          option('--spi', a.hex(0xffffffff)),
          option('--proto', fc.constantFrom('ah', 'esp', 'ipcomp')),
          fc.oneof(
            option('--mode', fc.constantFrom('tunnel', 'transport')),
            join(fc.constant<Words>(['--mode', 'tunnel']), pieces(option('--tunnel-src', network), option('--tunnel-dst', oneAddress))),
          ),
        ),
      ),
      fc.constant<Words>(['--dir', 'in', '--pol', 'ipsec', '--strict', '--reqid', '1']),
    ],
    rpfilter: [pieces(bare('--loose'), bare('--validmark'), bare('--accept-local'), bare('--invert'))],
    socket: [pieces(bare('--transparent'), bare('--nowildcard'), bare('--restore-skmark'))],
    ttl: family === 'ipv4' ? [hopLimit] : [],
    hl: family === 'ipv6' ? [hopLimit] : [],
    tos: [option('--tos', fc.oneof(a.masked(255), fc.constantFrom('Minimize-Delay', 'normal-service')))],
    dscp: [fc.oneof(option('--dscp', a.hex(63)), option('--dscp-class', fc.constantFrom('EF', 'af21', 'CS3', 'BE')))],
    u32: [
      option(
        '--u32',
        fc.array(u32Test, { minLength: 1, maxLength: 3 }).map((list) => list.join(' && ')),
      ),
    ],
    quota: [option('--quota', a.number64)],
    cpu: [option('--cpu', a.number(0, 0xffffffff))],
    helper: [option('--helper', fc.constantFrom('ftp', 'sip-5060'))],
    ecn: [option('--ecn-ip-ect', a.number(0, 3))],
    rt:
      family === 'ipv6'
        ? [
            somePieces(
              option('--rt-type', a.number(0, 255)),
              option('--rt-segsleft', numbers32),
              option('--rt-len', a.number(0, 0xffffffff)),
            ),
            join(
              fc.constant<Words>(['--rt-type', '0']),
              fc.constantFrom<Words>(
                ['--rt-0-res'],
                ['--rt-0-addrs', '::1,2001:DB8::2'],
                ['--rt-0-addrs', '::1', '--rt-0-not-strict', '--rt-0-res'],
              ),
            ),
          ]
        : [],
    frag:
      family === 'ipv6'
        ? [
            pieces(
              option('--fragid', numbers32),
              option('--fraglen', a.number(0, 0xffffffff)),
              bare('--fragres'),
              bare('--fragfirst'),
              bare('--fragmore', '--fraglast'),
            ),
          ]
        : [],
    eui64: family === 'ipv6' ? [fc.constant<Words>([])] : [],
    hbh: family === 'ipv6' ? [pieces(option('--hbh-len', a.number(0, 0xffffffff)), plain('--hbh-opts', headerOptions))] : [],
    dst: family === 'ipv6' ? [pieces(option('--dst-len', a.number(0, 0xffffffff)), plain('--dst-opts', headerOptions))] : [],
    ipv6header: family === 'ipv6' ? [join(option('--header', headerNames), pieces(bare('--soft')))] : [],
    srh:
      family === 'ipv6'
        ? [
            pieces(
              option('--srh-next-hdr', a.number(0, 255)),
              ...['hdr-len', 'segs-left', 'last-entry'].map((what) =>
                fc.constantFrom('eq', 'gt', 'lt').chain((way) => option(`--srh-${what}-${way}`, a.number(0, 255))),
              ),
              option('--srh-tag', a.number(0, 65535)),
              option('--srh-psid', oneAddress),
              option('--srh-nsid', oneAddress),
              option('--srh-lsid', fc.constant(any)),
            ),
          ]
        : [],
    cluster: [
      join(
        fc.constantFrom<Words>(['--cluster-total-nodes', '32'], ['--cluster-total-nodes', '6']),
        fc.constantFrom('--cluster-local-node', '--cluster-local-nodemask').chain((flag) => option(flag, fc.constantFrom('1', '3', '6'))),
        plain('--cluster-hash-seed', a.hex(0xffffffff)),
      ),
      fc.constant<Words>(['--cluster-total-nodes', '32', '--cluster-local-node', '32', '--cluster-hash-seed', '1']),
    ],
    connlabel: [join(option('--label', a.number(0, 127)), pieces(bare('--set')))],
    realm: family === 'ipv4' ? [option('--realm', fc.oneof(a.masked(0xffffffff), fc.constant('cosmos')))] : [],
    devgroup: [
      somePieces(
        option('--src-group', fc.oneof(a.masked(0xffffffff), fc.constant('default'))),
        option('--dst-group', a.masked(0xffffffff)),
      ),
    ],
  };
}

const headerOptions = fc
  .array(
    fc.oneof(
      a.number(0, 255),
      fc.tuple(a.number(1, 255), a.number(0, 255)).map((pair) => pair.join(':')),
    ),
    { minLength: 1, maxLength: 16 },
  )
  .map((list) => list.join(','));
const headerNames = fc
  .array(fc.constantFrom('hop', 'ipv6-opts', '43', 'frag', 'auth', 'esp', 'none', 'prot', 'protocol'), { minLength: 1 })
  .map((list) => list.join(','));

/** These share an option with another one, so that iptables cannot have them twice. */
const SHARING = ['mark', 'connmark', 'statistic', 'policy', 'recent', 'connlabel'];
const isUnshared = (words: Words, index: number, list: Words[]) =>
  !SHARING.includes(words[1] ?? '') || list.findIndex((other) => other[1] === words[1]) === index;

/** -p and the matches that it allows. */
export function body(family: Family): fc.Arbitrary<Words> {
  const free = Object.entries(freeMatches(family)).flatMap(([name, rows]) => rows.map((words) => match(name, words)));
  const some = fc.array(fc.oneof(...free), { maxLength: 3 }).map((list) => list.filter(isUnshared).flat());
  const names =
    family === 'ipv4' ? ['icmp', 'ICMPv6', 'esp', 'mh', 'ax.25', 'gre', 'rspf'] : ['icmp', 'ICMPv6', 'esp', 'mh', 'gre', 'rspf'];
  return fc.oneof(
    { arbitrary: some, weight: 4 },
    { arbitrary: join(fc.oneof(...Object.values(matchesWithProtocol(family)).flat()), some), weight: 4 },
    { arbitrary: join(option('-p', fc.oneof(a.number(1, 255), fc.constantFrom(...names))), some), weight: 1 },
    { arbitrary: fc.constantFrom('all', 'ip', '0').map((protocol): Words => ['-p', protocol]), weight: 1 },
  );
}
