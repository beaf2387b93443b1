// What a packet of a journey is: its data and its text, by literal headers.
import fc from 'fast-check';
import t from 'tap';
import type { Packet } from '../../../src/model/result.js';
import type { Family } from '../../../src/model/rule.js';
import { makePacket } from '../../../src/trace/finding/packet.js';
import { parseHeaders } from '../../../src/trace/packet/headers.js';
import { getPacketKey } from '../../../src/trace/packet/key.js';
import { CLIENT, type Headers, makeEcho, makeFragment, makeIcmpError, makeIpv6, makeTcp, makeUdp, SERVER } from '../events.js';

const ROLE = { direction: 'request', sender: 'client', causedBy: null, fate: 'unknown' } as const;

function read(family: Family, raw: Headers, rewrittenRaw: Headers | null = null): Packet {
  const parse = (headers: Headers) => parseHeaders(family, headers, getPacketKey(family, headers) ?? '');
  return makePacket({ headers: parse(raw), rewritten: rewrittenRaw && parse(rewrittenRaw), translated: [], steps: [] }, ROLE);
}

const sent = (flags: ('syn' | 'ack' | 'rst' | 'fin')[], payload = 0) => makeTcp({ from: CLIENT, to: SERVER, flags, payload });
/** The first bytes of a transport header. */
const starts = (...bytes: number[]) => Buffer.from([...bytes, ...Array<number>(20 - bytes.length).fill(0)]);
const over6 = (protocol: number, ...bytes: number[]) => makeIpv6('::1', '2001:db8::1', protocol, starts(...bytes));

const TCP = { protocol: 'tcp', source: '127.0.0.1:40000', destination: '127.0.0.2:80', icmp: null };
const UDP = { ...TCP, protocol: 'udp' };
const ICMP = { protocol: 'icmp', source: '127.0.0.1', destination: '127.0.0.2' };
const ICMPV6 = { protocol: 'icmpv6', source: '::1', destination: '2001:db8::1' };
const TCP_WAY = '127.0.0.1:40000 → 127.0.0.2:80';
const PORTS6 = [0x9c, 0x40, 0, 80];

const KINDS: Record<
  string,
  [Family, Headers, Omit<Packet, 'rewrittenTo' | 'fragment' | 'conntrack' | 'steps' | keyof typeof ROLE> & { fragment?: true }]
> = {
  SYN: ['ipv4', sent(['syn']), { ...TCP, kind: 'syn', packet: `tcp syn ${TCP_WAY}` }],
  'a SYN with data': ['ipv4', sent(['syn'], 4), { ...TCP, kind: 'syn', packet: `tcp syn ${TCP_WAY}` }],
  'SYN-ACK': ['ipv4', sent(['syn', 'ack']), { ...TCP, kind: 'syn-ack', packet: `tcp syn-ack ${TCP_WAY}` }],
  ACK: ['ipv4', sent(['ack']), { ...TCP, kind: 'ack', packet: `tcp ack ${TCP_WAY}` }],
  data: ['ipv4', sent(['ack'], 4), { ...TCP, kind: 'data', packet: `tcp data (4 bytes) ${TCP_WAY}` }],
  'the last data': ['ipv4', sent(['fin', 'ack'], 4), { ...TCP, kind: 'data', packet: `tcp data (4 bytes) ${TCP_WAY}` }],
  FIN: ['ipv4', sent(['fin', 'ack']), { ...TCP, kind: 'fin', packet: `tcp fin ${TCP_WAY}` }],
  RST: ['ipv4', sent(['rst']), { ...TCP, kind: 'rst', packet: `tcp rst ${TCP_WAY}` }],
  'a RST that acknowledges': ['ipv4', sent(['rst', 'ack'], 4), { ...TCP, kind: 'rst', packet: `tcp rst ${TCP_WAY}` }],
  'a datagram': ['ipv4', makeUdp(CLIENT, SERVER, 'loopfw'), { ...UDP, kind: 'udp', packet: `udp (6 bytes) ${TCP_WAY}` }],
  'the first part of a datagram': [
    'ipv4',
    makeFragment(CLIENT, SERVER, 1, 0, false),
    { ...UDP, kind: 'udp', fragment: true, packet: `udp (1472 bytes, a fragment) ${TCP_WAY}` },
  ],
  'a later part': [
    'ipv4',
    makeFragment(CLIENT, SERVER, 1, 1480, false),
    {
      ...{ ...UDP, source: '127.0.0.1', destination: '127.0.0.2', kind: 'fragment', fragment: true },
      packet: 'udp (1472 bytes, a fragment) 127.0.0.1 → 127.0.0.2',
    },
  ],
  'an echo request': [
    'ipv4',
    makeEcho(8, '127.0.0.1', '127.0.0.2', 7),
    { ...ICMP, kind: 'echo', icmp: { type: 8, code: 0 }, packet: 'icmp echo-request 127.0.0.1 → 127.0.0.2' },
  ],
  'an echo reply': [
    'ipv4',
    makeEcho(0, '127.0.0.1', '127.0.0.2', 7),
    { ...ICMP, kind: 'echo-reply', icmp: { type: 0, code: 0 }, packet: 'icmp echo-reply 127.0.0.1 → 127.0.0.2' },
  ],
  'an ICMP error': [
    'ipv4',
    makeIcmpError('127.0.0.1', '127.0.0.2', 13, sent(['syn'])),
    { ...ICMP, kind: 'icmp-error', icmp: { type: 3, code: 13 }, packet: 'icmp admin-prohibited 127.0.0.1 → 127.0.0.2' },
  ],
  'an ICMP error that no REJECT sends': [
    'ipv4',
    makeIcmpError('127.0.0.1', '127.0.0.2', 4, sent(['syn'])),
    { ...ICMP, kind: 'icmp-error', icmp: { type: 3, code: 4 }, packet: 'icmp fragmentation-needed 127.0.0.1 → 127.0.0.2' },
  ],
  'an ICMP error of a type that only routers send': [
    'ipv6',
    over6(58, 2),
    { ...ICMPV6, kind: 'icmp-error', icmp: { type: 2, code: 0 }, packet: 'icmpv6 packet-too-big ::1 → 2001:db8::1' },
  ],
  'SYN over IPv6': [
    'ipv6',
    over6(6, ...PORTS6, 0, 0, 0, 0, 0, 0, 0, 0, 0x50, 2),
    {
      ...{ ...TCP, kind: 'syn', source: '[::1]:40000', destination: '[2001:db8::1]:80' },
      packet: 'tcp syn [::1]:40000 → [2001:db8::1]:80',
    },
  ],
  'an echo request over IPv6': [
    'ipv6',
    over6(58, 128),
    { ...ICMPV6, kind: 'echo', icmp: { type: 128, code: 0 }, packet: 'icmpv6 echo-request ::1 → 2001:db8::1' },
  ],
  'an echo reply over IPv6': [
    'ipv6',
    over6(58, 129),
    { ...ICMPV6, kind: 'echo-reply', icmp: { type: 129, code: 0 }, packet: 'icmpv6 echo-reply ::1 → 2001:db8::1' },
  ],
  'an ICMPv6 error': [
    'ipv6',
    over6(58, 1, 4),
    { ...ICMPV6, kind: 'icmp-error', icmp: { type: 1, code: 4 }, packet: 'icmpv6 port-unreachable ::1 → 2001:db8::1' },
  ],
  'a question for a neighbour': [
    'ipv6',
    over6(58, 135),
    { ...ICMPV6, kind: 'neighbour', icmp: { type: 135, code: 0 }, packet: 'icmpv6 neighbour-solicitation ::1 → 2001:db8::1' },
  ],
  "a neighbour's answer": [
    'ipv6',
    over6(58, 136),
    { ...ICMPV6, kind: 'neighbour', icmp: { type: 136, code: 0 }, packet: 'icmpv6 neighbour-advertisement ::1 → 2001:db8::1' },
  ],
  'another ICMPv6 message': [
    'ipv6',
    over6(58, 133),
    { ...ICMPV6, kind: 'other', icmp: { type: 133, code: 0 }, packet: 'icmpv6 type 133 code 0 ::1 → 2001:db8::1' },
  ],
  'another protocol': [
    'ipv6',
    over6(132),
    { ...ICMPV6, protocol: '132', kind: 'other', icmp: null, packet: 'protocol 132 ::1 → 2001:db8::1' },
  ],
};

for (const [name, [family, headers, expected]] of Object.entries(KINDS)) {
  t.test(name, async (t) => {
    t.strictSame(read(family, headers), { rewrittenTo: null, fragment: false, conntrack: null, ...ROLE, steps: [], ...expected });
  });
}

t.test('what NAT has made of it', async (t) => {
  const inner = { address: '127.0.0.3', port: 8080 };
  const packet = read('ipv4', sent(['syn']), makeTcp({ from: CLIENT, to: inner, flags: ['syn'] }));
  t.strictSame(packet.rewrittenTo, { source: '127.0.0.1:40000', destination: '127.0.0.3:8080' });
  t.equal(packet.packet, `tcp syn ${TCP_WAY}, rewritten to 127.0.0.1:40000 → 127.0.0.3:8080`);
  t.strictSame(packet.destination, '127.0.0.2:80');
  const [echo, otherEcho] = [7, 8].map((identifier) => makeEcho(8, '127.0.0.1', '127.0.0.2', identifier));
  t.equal(read('ipv4', echo!, otherEcho).rewrittenTo, null, 'an identifier is neither source nor destination');
});

t.test('text and data agree, whatever the bytes are', async () => {
  const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
  const makeHeaders = (family: Family) =>
    fc.record({ network: bytes(family === 'ipv4' ? 20 : 40), transport: bytes(0, 24) }).chain((headers) =>
      fc.constantFrom(1, 6, 17, 58, 132).map((protocol) => {
        headers.network[family === 'ipv4' ? 9 : 6] = protocol;
        return headers;
      }),
    );
  const packets = fc
    .constantFrom<Family[]>('ipv4', 'ipv6')
    .chain((family) => fc.tuple(fc.constant(family), makeHeaders(family), fc.option(makeHeaders(family))));
  fc.assert(
    fc.property(packets, ([family, headers, rewritten]) => {
      const { packet, protocol, kind, source, destination, rewrittenTo, fragment } = read(family, headers, rewritten);
      const later = rewrittenTo === null ? '' : `, rewritten to ${rewrittenTo.source} → ${rewrittenTo.destination}`;
      const isTcp = ['syn', 'syn-ack', 'ack', 'data', 'fin', 'rst'].includes(kind);
      return (
        packet.endsWith(` ${source} → ${destination}${later}`) &&
        packet.includes(', rewritten to ') === (rewrittenTo !== null) &&
        (packet.startsWith(`${protocol} `) || packet.startsWith('protocol ')) &&
        packet.startsWith(`tcp ${kind} `) === isTcp &&
        packet.startsWith('udp (') === (protocol === 'udp') &&
        packet.includes(', a fragment)') === (protocol === 'udp' && fragment)
      );
    }),
    { numRuns: 2000 },
  );
});
