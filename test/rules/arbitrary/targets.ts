import fc from 'fast-check';
import type { Family, Table } from '../../../src/model/rule.js';
import * as a from './values.js';
import type { Words } from './values.js';

const { plain, bare, join, pieces } = a;
const jump = (name: string, words: fc.Arbitrary<Words> = fc.constant([])) => words.map((some): Words => ['-j', name, ...some]);
const ANSWERS = {
  ipv4: ['icmp-net-unreachable', 'host-unreach', 'icmp-proto-unreachable', 'port-unreach', 'ICMP-Net-Prohibited', 'admin-prohib'],
  ipv6: ['icmp6-no-route', 'adm-prohibited', 'icmp6-addr-unreachable', 'port-unreach', 'policy-fail', 'ICMP6-Reject-Route'],
};
const setMark = ['--set-mark', '--set-xmark'].map((flag) => plain(flag, a.masked(0xffffffff)));
const changeMark = ['--and-mark', '--or-mark', '--xor-mark'].map((flag) => plain(flag, a.hex(0xffffffff)));
const mask = a.hex(0xffffffff);
const natPort = fc.integer({ min: 1, max: 65535 });
const natPorts = fc.oneof(
  natPort.map(String),
  fc.tuple(natPort, natPort).map((pair) => pair.sort((x, y) => x - y).join('-')),
);

/** A rule with ports in its target has a protocol of its own. */
export interface ArbitraryTarget {
  words: Words;
  needsTcp: boolean;
}
const free = (words: fc.Arbitrary<Words>): fc.Arbitrary<ArbitraryTarget> => words.map((some) => ({ words: some, needsTcp: false }));
const ofTcp = (words: fc.Arbitrary<Words>): fc.Arbitrary<ArbitraryTarget> => words.map((some) => ({ words: some, needsTcp: true }));

const everywhere = [
  fc.constant<Words>([]),
  jump('ACCEPT'),
  fc.constant<Words>(['--jump', 'RETURN']),
  jump(
    'LOG',
    pieces(
      plain('--log-prefix', a.text(29)),
      plain('--log-level', fc.constantFrom('0', '4', '7', 'debug', 'warn', 'PANIC')),
      bare('--log-tcp-sequence'),
      bare('--log-tcp-options'),
      bare('--log-ip-options'),
      bare('--log-uid'),
      bare('--log-macdecode'),
    ),
  ),
  jump(
    'NFLOG',
    join(
      plain('--nflog-group', a.number(1, 65535)),
      pieces(
        plain('--nflog-prefix', a.text(63)),
        plain('--nflog-size', a.number(1, 65535)),
        plain('--nflog-threshold', a.number(1, 65535)),
      ),
    ),
  ),
  jump('MARK', fc.oneof(...setMark, ...changeMark)),
  jump('CONNMARK', fc.oneof(...setMark, ...changeMark)),
  jump(
    'CONNMARK',
    join(bare('--save-mark', '--restore-mark'), fc.oneof(plain('--mask', mask), pieces(plain('--nfmask', mask), plain('--ctmask', mask)))),
  ),
  jump('CLASSIFY', plain('--set-class', fc.constantFrom('1:2', 'ffff:0', '00A0:b'))),
];

function inTable(table: Table, family: Family): fc.Arbitrary<ArbitraryTarget>[] {
  switch (table) {
    case 'filter':
      return [
        free(jump('DROP')),
        free(jump('REJECT')),
        free(jump('REJECT', plain('--reject-with', fc.constantFrom(...ANSWERS[family])))),
        ofTcp(jump('REJECT', plain('--reject-with', fc.constantFrom('tcp-reset', 'TCP-RST')))),
      ];
    case 'nat':
      return natTargets(family);
    case 'mangle':
      return [free(jump('DROP')), ...mangleTargets(family)];
    case 'raw':
      return [
        free(jump('DROP')),
        free(jump('NOTRACK')),
        free(jump('CT', ctOptions)),
        ofTcp(jump('CT', plain('--helper', fc.constantFrom('ftp', 'sip', 'sane', 'Q.931')))),
      ];
  }
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

function mangleTargets(family: Family): fc.Arbitrary<ArbitraryTarget>[] {
  const hops = family === 'ipv4' ? 'ttl' : 'hl';
  const change = fc.constantFrom('dec', 'inc').chain((way) => plain(`--${hops}-${way}`, a.number(1, 255)));
  return [
    free(jump(hops.toUpperCase(), fc.oneof(plain(`--${hops}-set`, a.number(0, 255)), change))),
    free(jump('CHECKSUM', bare('--checksum-fill'))),
    free(jump('TOS', plain('--set-tos', fc.oneof(a.masked(255), fc.constantFrom('Minimize-Cost', 'normal-service'))))),
    free(
      jump(
        'TOS',
        fc.constantFrom('--and-tos', '--or-tos', '--xor-tos').chain((flag) => plain(flag, a.hex(255))),
      ),
    ),
    free(jump('DSCP', fc.oneof(plain('--set-dscp', a.hex(63)), plain('--set-dscp-class', fc.constantFrom('ef', 'AF41', 'BE'))))),
    ofTcp(jump('TCPMSS', fc.oneof(bare('--clamp-mss-to-pmtu'), plain('--set-mss', a.number(1, 65475))))),
    ...(family === 'ipv4' ? [ofTcp(jump('ECN', bare('--ecn-tcp-remove')))] : []),
  ];
}

function natTargets(family: Family): fc.Arbitrary<ArbitraryTarget>[] {
  const { range, network } = a.makeAddresses(family);
  const bracket = (text: string) => (family === 'ipv4' ? text : `[${text}]`);
  const withPorts = fc.tuple(fc.option(range), natPorts).map(([text, ports]) => `${text === null ? '' : bracket(text)}:${ports}`);
  const random = (...flags: string[]) => pieces(...flags.map((flag) => bare(flag)));
  const full = ['--random', '--random-fully', '--persistent'];
  return [
    free(jump('SNAT', join(plain('--to-source', range), random(...full)))),
    ofTcp(jump('SNAT', join(plain('--to-source', withPorts), random(...full)))),
    free(jump('DNAT', join(plain('--to-destination', range), random('--random', '--persistent')))),
    ofTcp(jump('DNAT', join(plain('--to-destination', withPorts), random('--random', '--persistent')))),
    free(jump('MASQUERADE', random('--random', '--random-fully'))),
    ofTcp(jump('MASQUERADE', join(plain('--to-ports', natPorts), random('--random', '--random-fully')))),
    free(jump('REDIRECT', random('--random'))),
    ofTcp(jump('REDIRECT', join(plain('--to-ports', natPorts), random('--random')))),
    free(jump('NETMAP', plain('--to', network))),
  ];
}

export function target(table: Table, family: Family): fc.Arbitrary<ArbitraryTarget> {
  return fc.oneof(...everywhere.map(free), ...inTable(table, family));
}
