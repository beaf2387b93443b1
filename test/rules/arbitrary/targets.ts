import fc from 'fast-check';
import type { Family, Table } from '../../../src/model/rule.js';
import type { TARGETS } from '../../../src/rules/extensions/target-table.js';
import * as a from './values.js';
import type { Words } from './values.js';

const { plain, bare, join, pieces, somePieces } = a;
const jump = (name: string, words: fc.Arbitrary<Words> = fc.constant([])) => words.map((some): Words => ['-j', name, ...some]);
const ANSWERS = {
  ipv4: ['icmp-net-unreachable', 'host-unreach', 'icmp-proto-unreachable', 'port-unreach', 'ICMP-Net-Prohibited', 'admin-prohib'],
  ipv6: ['icmp6-no-route', 'adm-prohibited', 'icmp6-addr-unreachable', 'port-unreach', 'policy-fail', 'ICMP6-Reject-Route'],
};
const setMark = ['--set-mark', '--set-xmark'].map((flag) => plain(flag, a.masked(0xffffffff)));
const changeMark = ['--and-mark', '--or-mark', '--xor-mark'].map((flag) => plain(flag, a.hex(0xffffffff)));
const mask = a.hex(0xffffffff);
const natPort = fc.integer({ min: 0, max: 65535 });
const natPorts = fc.oneof(
  natPort.map(String),
  fc.tuple(natPort, natPort).map((pair) => pair.sort((x, y) => x - y).join('-')),
  fc.constantFrom('http', 'ftp-data', '0x50'),
);

/** A rule with ports in its target has a protocol of its own. */
export interface ArbitraryTarget {
  words: Words;
  needsTcp: boolean;
}
const free = (words: fc.Arbitrary<Words>): fc.Arbitrary<ArbitraryTarget> => words.map((some) => ({ words: some, needsTcp: false }));
const ofTcp = (words: fc.Arbitrary<Words>): fc.Arbitrary<ArbitraryTarget> => words.map((some) => ({ words: some, needsTcp: true }));

const logPrefix = (longest: number) => a.text(longest).filter((text) => text !== '');

/** An option of SET with the ipset that it names. */
const named = (flag: string) => a.ipset.map((ipset): Words => [flag, ...ipset]);
const changeSet = somePieces(
  join(named('--add-set'), pieces(bare('--exist'), plain('--timeout', a.number(0, 0xfffffffe)))),
  named('--del-set'),
);
const mapSet = join(named('--map-set'), bare('--map-mark'));

/** Targets that go in every table; of SET, only some of its options do. The compiler names a target that has no row in this file. TRACE is loopfw's own. */
const EVERYWHERE: Record<Exclude<keyof typeof TARGETS, TableTarget | 'TRACE'> | 'SET', fc.Arbitrary<Words>[]> = {
  SET: [jump('SET', changeSet)],
  ACCEPT: [jump('ACCEPT')],
  RETURN: [fc.constant<Words>(['--jump', 'RETURN'])],
  LOG: [
    jump(
      'LOG',
      pieces(
        plain('--log-prefix', logPrefix(29)),
        plain('--log-level', fc.constantFrom('0', '4', '7', 'debug', 'warning', 'panic')),
        bare('--log-tcp-sequence'),
        bare('--log-tcp-options'),
        bare('--log-ip-options'),
        bare('--log-uid'),
        bare('--log-macdecode'),
      ),
    ),
  ],
  NFLOG: [
    jump(
      'NFLOG',
      join(
        plain('--nflog-group', a.number(1, 65535)),
        pieces(
          plain('--nflog-prefix', logPrefix(127)),
          plain('--nflog-size', a.number(0, 0xffffffff)),
          plain('--nflog-threshold', a.number(0, 65535)),
        ),
      ),
    ),
  ],
  MARK: [jump('MARK', fc.oneof(...setMark, ...changeMark))],
  CONNMARK: [
    jump('CONNMARK', fc.oneof(...setMark, ...changeMark)),
    jump(
      'CONNMARK',
      join(
        bare('--save-mark', '--restore-mark'),
        fc.oneof(plain('--mask', mask), pieces(plain('--nfmask', mask), plain('--ctmask', mask))),
      ),
    ),
  ],
  HMARK: [
    jump(
      'HMARK',
      join(
        fc.constant<Words>(['--hmark-mod', '5', '--hmark-rnd', '0xfeedcafe']),
        fc.oneof(
          plain('--hmark-tuple', a.someOf(['src', 'dst', 'sport', 'dport', 'proto', 'ct'])),
          somePieces(
            plain('--hmark-src-prefix', a.number(0, 32)),
            plain('--hmark-dst-prefix', a.number(0, 32)),
            plain('--hmark-spi', a.hex(0xffffffff)),
            plain('--hmark-spi-mask', a.hex(0xffffffff)),
            plain('--hmark-proto-mask', a.hex(0xffff)),
          ),
          somePieces(
            ...['--hmark-sport', '--hmark-dport', '--hmark-sport-mask', '--hmark-dport-mask'].map((flag) => plain(flag, a.hex(0xffff))),
          ),
        ),
        pieces(plain('--hmark-offset', a.number(0, 0xffffffff))),
      ),
    ),
  ],
  CLASSIFY: [jump('CLASSIFY', plain('--set-class', fc.constantFrom('1:2', 'ffff:0', '00A0:b')))],
};

type TableTarget = { [Name in Table]: keyof ReturnType<typeof tableTargets>[Name] }[Table];

function tableTargets(family: Family) {
  return {
    filter: {
      DROP: [free(jump('DROP'))],
      REJECT: [
        free(jump('REJECT')),
        free(jump('REJECT', plain('--reject-with', fc.constantFrom(...ANSWERS[family])))),
        ofTcp(jump('REJECT', plain('--reject-with', fc.constantFrom('tcp-reset', 'TCP-RESET')))),
      ],
    },
    nat: natTargets(family),
    mangle: { DROP: [free(jump('DROP'))], ...mangleTargets(family) },
    security: { DROP: [free(jump('DROP'))], CONNSECMARK: [free(jump('CONNSECMARK', bare('--save', '--restore')))] },
    raw: {
      DROP: [free(jump('DROP'))],
      NOTRACK: [free(jump('NOTRACK'))],
      CT: [free(jump('CT', ctOptions)), ofTcp(jump('CT', plain('--helper', fc.constantFrom('ftp', 'sip', 'sane', 'Q.931'))))],
    },
  } satisfies Record<Table, Partial<Record<keyof typeof TARGETS, fc.Arbitrary<ArbitraryTarget>[]>>>;
}

const EVENTS = ['new', 'related', 'destroy', 'reply', 'assured', 'protoinfo', 'helper', 'mark', 'natseqinfo', 'secmark'];
const zone = fc.oneof(a.number(0, 65535), fc.constant('mark'));
const ctOptions = fc.oneof(
  bare('--notrack'),
  pieces(
    plain('--ctevents', a.someOf(EVENTS)),
    plain('--expevents', fc.constant('new')),
    fc.constantFrom('--zone', '--zone-orig', '--zone-reply').chain((flag) => plain(flag, zone)),
  ),
);

const prefix = fc.constantFrom('fd00::/64', '2001:DB8::/48', '8000::/1');
const prefixes = (name: string) => free(jump(name, join(plain('--src-pfx', prefix), plain('--dst-pfx', prefix))));

function mangleTargets(family: Family) {
  const hops = family === 'ipv4' ? 'ttl' : 'hl';
  const change = fc.constantFrom('dec', 'inc').chain((way) => plain(`--${hops}-${way}`, a.number(1, 255)));
  const changeHops = free(jump(hops.toUpperCase(), fc.oneof(plain(`--${hops}-set`, a.number(0, 255)), change)));
  return {
    TTL: family === 'ipv4' ? [changeHops] : [],
    HL: family === 'ipv6' ? [changeHops] : [],
    CHECKSUM: [free(jump('CHECKSUM', bare('--checksum-fill')))],
    TOS: [
      free(jump('TOS', plain('--set-tos', fc.oneof(a.masked(255), fc.constantFrom('Minimize-Cost', 'normal-service'))))),
      free(
        jump(
          'TOS',
          fc.constantFrom('--and-tos', '--or-tos', '--xor-tos').chain((flag) => plain(flag, a.hex(255))),
        ),
      ),
    ],
    DSCP: [free(jump('DSCP', fc.oneof(plain('--set-dscp', a.hex(63)), plain('--set-dscp-class', fc.constantFrom('ef', 'AF41', 'BE')))))],
    TCPMSS: [ofTcp(jump('TCPMSS', fc.oneof(bare('--clamp-mss-to-pmtu'), plain('--set-mss', a.number(1, 65475)))))],
    CONNSECMARK: [free(jump('CONNSECMARK', bare('--save', '--restore')))],
    TCPOPTSTRIP: [ofTcp(jump('TCPOPTSTRIP', pieces(plain('--strip-options', fc.constantFrom('mss', '5,2', 'timestamp,md5,255')))))],
    SNPT: family === 'ipv6' ? [prefixes('SNPT')] : [],
    DNPT: family === 'ipv6' ? [prefixes('DNPT')] : [],
    ECN: family === 'ipv4' ? [ofTcp(jump('ECN', bare('--ecn-tcp-remove')))] : [],
    SET: [free(jump('SET', mapSet)), free(jump('SET', join(changeSet, mapSet)))],
  };
}

function natTargets(family: Family) {
  const { anyRange: range, network } = a.makeAddresses(family);
  const bracket = (text: string) => (family === 'ipv4' ? text : `[${text}]`);
  const withPorts = fc.tuple(fc.option(range), natPorts).map(([text, ports]) => `${text === null ? '' : bracket(text)}:${ports}`);
  const shift = (text: string) => (/[\d:]\d*-\d+$/.test(text) && /:\d+-\d+$/.test(text) ? `${text}/3000` : text);
  const random = (...flags: string[]) => pieces(...flags.map((flag) => bare(flag)));
  const full = ['--random', '--random-fully', '--persistent'];
  return {
    SNAT: [
      free(jump('SNAT', join(plain('--to-source', range), random(...full)))),
      ofTcp(jump('SNAT', join(plain('--to-source', withPorts), random(...full)))),
    ],
    DNAT: [
      free(jump('DNAT', join(plain('--to-destination', range), random('--random', '--persistent')))),
      ofTcp(jump('DNAT', join(plain('--to-destination', withPorts), random('--random', '--persistent')))),
      ofTcp(jump('DNAT', join(plain('--to-destination', withPorts.map(shift)), random('--random', '--persistent')))),
    ],
    MASQUERADE: [
      free(jump('MASQUERADE', random('--random', '--random-fully'))),
      ofTcp(jump('MASQUERADE', join(plain('--to-ports', natPorts), random('--random', '--random-fully')))),
    ],
    REDIRECT: [
      free(jump('REDIRECT', random('--random'))),
      ofTcp(jump('REDIRECT', join(plain('--to-ports', natPorts), random('--random')))),
    ],
    NETMAP: [free(jump('NETMAP', plain('--to', network)))],
  };
}

export function target(table: Table, family: Family): fc.Arbitrary<ArbitraryTarget> {
  const none = fc.constant<Words>([]);
  const everywhere = [none, ...Object.values(EVERYWHERE).flat()].map(free);
  return fc.oneof(...everywhere, ...Object.values<fc.Arbitrary<ArbitraryTarget>[]>(tableTargets(family)[table]).flat());
}
