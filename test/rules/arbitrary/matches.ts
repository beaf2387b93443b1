import fc from 'fast-check';
import type { Family } from '../../../src/model/rule.js';
import type { MATCHES } from '../../../src/rules/extensions/match-table.js';
import * as a from './values.js';
import type { Words } from './values.js';

type MatchName = keyof typeof MATCHES;

const { match, option, plain, bare, either, join, pieces, somePieces } = a;
const flags = fc.oneof(a.someOf(['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG']), fc.constant('ALL'));
const protocolPorts = (...names: string[]) =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...names), a.ports).map((words): Words => words),
    fc.tuple(fc.constantFrom(...names), a.narrowPorts).map(([flag, text]): Words => ['!', flag, text]),
    fc.tuple(fc.constantFrom(...names), a.ports).map(([flag, text]): Words => [`${flag}=${text}`]),
  );
const portOptions = [protocolPorts('--sport', '--source-port'), protocolPorts('--dport', '--destination-port')];
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
const seconds = fc.constantFrom('0', '10', '10:20', ':5', '7:', '4294967295', '9:9');
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
      ? ['icmp', 'icmp', '--icmp-type', 'ping', 'any', 'TOS-host-redirect', '255', '255/3']
      : ['ipv6-icmp', 'icmpv6', '--icmpv6-type', 'ping', 'no-route', 'neighbour-solicitation', '135', '1/6'];
  const [protocol = '', name = '', flag = '', ...types] = icmp;
  const isAny = (text: string | undefined) => text === 'any' || /^255(\/|$)/.test(text ?? '');
  const icmpMatch = join(
    fc.constantFrom<Words>(['-p', protocol], ['-p', protocol, '-m', name]),
    option(flag, fc.oneof(icmpTypes, fc.constantFrom(...types))).map((words) => (isAny(words.at(-1)) ? words.slice(-2) : words)),
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
    udp: [join(fc.constantFrom<Words>(['-p', 'udp'], ['-p', 'udp', '-m', 'udp']), pieces(...portOptions))],
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
          ...portOptions,
          fc
            .tuple(a.not, fc.constantFrom('any', 'all', 'only'), chunks)
            .map(([words, how, list]): Words => [...words, '--chunk-types', how, list]),
        ),
      ),
    ],
    dccp: [
      join(
        fc.constant<Words>(['-p', 'dccp', '-m', 'dccp']),
        pieces(...portOptions, option('--dccp-types', dccpTypes), option('--dccp-option', a.number(1, 255))),
      ),
    ],
    icmp: family === 'ipv4' ? [icmpMatch] : [],
    icmp6: family === 'ipv6' ? [icmpMatch] : [],
    esp: [join(fc.constant<Words>(['-p', 'esp', '-m', 'esp']), option('--espspi', numbers32))],
    ipcomp: [join(fc.constant<Words>(['-p', 'ipcomp', '-m', 'ipcomp']), option('--ipcompspi', numbers32))],
    ah: family === 'ipv4' ? [join(fc.constant<Words>(['-p', 'ah', '-m', 'ah']), option('--ahspi', numbers32))] : [],
  } satisfies Partial<Record<MatchName, fc.Arbitrary<Words>[]>>;
}

const TYPES = ['UNSPEC', 'UNICAST', 'LOCAL', 'ANYCAST', 'MULTICAST', 'UNREACHABLE'];
/** All of them say nothing, and never match where they are negated. */
const numbers32 = a.numberRange(0, 0xffffffff).filter((text) => text !== '0:4294967295');
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

/** Each match that needs no -p: what may follow -m NAME. ecn also has options that need -p. The compiler names a match that has no row. */
type FreeMatch = Exclude<MatchName, keyof ReturnType<typeof matchesWithProtocol>> | 'ecn';

function freeMatches(family: Family): Record<FreeMatch, fc.Arbitrary<Words>[]> {
  const { any, oneAddress, network, range, mask } = a.makeAddresses(family);
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
    iprange: [somePieces(option('--src-range', range), option('--dst-range', range))],
    conntrack: [
      somePieces(
        option('--ctstate', a.someOf(['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'])),
        option('--ctproto', fc.constantFrom('tcp', 'UDP', '6', '0', '255', 'ospf', 'icmp')),
        option('--ctorigsrc', oneAddress),
        option('--ctorigdst', oneAddress),
        option('--ctreplsrc', oneAddress),
        option('--ctrepldst', fc.constant(any)),
        option('--ctorigsrcport', a.ports),
        option('--ctorigdstport', a.ports),
        option('--ctreplsrcport', a.ports),
        option('--ctrepldstport', a.ports),
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
        fc.constantFrom('--hashlimit-upto', '--hashlimit-above', '--hashlimit').chain((flag) => plain(flag, fastRate)),
        plain('--hashlimit-name', name),
        pieces(
          plain('--hashlimit-burst', a.number(1, 80)),
          plain('--hashlimit-mode', a.someOf(['srcip', 'srcport', 'dstip', 'dstport'])),
          plain('--hashlimit-htable-size', a.number(1, 1000)),
          plain('--hashlimit-htable-max', a.number(1, 1000)),
          plain('--hashlimit-htable-gcinterval', a.number(1, 2000)),
          plain('--hashlimit-htable-expire', a.number(1, 100_000)),
          plain('--hashlimit-srcmask', a.number(0, bits)),
          plain('--hashlimit-dstmask', a.number(0, bits)),
        ),
      ),
    ],
    recent: [
      join(
        fc.oneof(
          either('--set', '--remove'),
          join(
            either('--rcheck', '--update'),
            pieces(
              join(plain('--seconds', a.number(1, 1000)), pieces(bare('--reap'))),
              plain('--hitcount', a.number(1, 255)),
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
            a.number(0, 2 ** 52).map((from) => `${from}:`),
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
          .filter(([one, other]) => one.slice(0, 10) !== other.slice(0, 10))
          .map(([one, other]): [string, string] => (one < other ? [one, other] : [other, one]))
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
    length: [option('--length', a.numberRange(0, 65535))],
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
    quota: [option('--quota', a.number(0, 2 ** 52))],
    cpu: [option('--cpu', a.number(0, 65535))],
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
  };
}

/** These share an option with another one, so that iptables cannot have them twice. */
const SHARING = ['mark', 'connmark', 'statistic', 'policy'];
const isUnshared = (words: Words, index: number, list: Words[]) =>
  !SHARING.includes(words[1] ?? '') || list.findIndex((other) => other[1] === words[1]) === index;

/** -p and the matches that it allows. */
export function body(family: Family): fc.Arbitrary<Words> {
  const free = Object.entries(freeMatches(family)).flatMap(([name, rows]) => rows.map((words) => match(name, words)));
  const some = fc.array(fc.oneof(...free), { maxLength: 3 }).map((list) => list.filter(isUnshared).flat());
  const names =
    family === 'ipv4' ? ['icmp', 'ICMPv6', 'esp', 'mh', 'ax.25', 'gre', 'rspf'] : ['icmp', 'ICMPv6', 'esp', 'mh', 'gre', 'rspf'];
  // A packet is never of the protocol of an IPv6 extension header.
  const numbers = a.number(1, 255).filter((text) => family === 'ipv4' || !['43', '44', '51', '60'].includes(text));
  return fc.oneof(
    { arbitrary: some, weight: 4 },
    { arbitrary: join(fc.oneof(...Object.values(matchesWithProtocol(family)).flat()), some), weight: 4 },
    { arbitrary: join(option('-p', fc.oneof(numbers, fc.constantFrom(...names))), some), weight: 1 },
    { arbitrary: fc.constantFrom('all', 'ip', '0').map((protocol): Words => ['-p', protocol]), weight: 1 },
  );
}
