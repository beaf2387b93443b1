import type { Family } from '../../model/rule.js';

/** A port, or the range from which somebody else chooses it. */
export type Ports = readonly [first: number, last: number];

export interface End {
  /** Hexadecimal digits (rules/values/address-range.ts). */
  address: string;
  /** null if the protocol has no ports. */
  ports: Ports | null;
}

export interface Ends {
  source: End;
  destination: End;
}

export type TcpFlag = 'FIN' | 'SYN' | 'RST' | 'PSH' | 'ACK' | 'URG';

/** The protocol's own part of a packet. */
export type Content =
  | {
      kind: 'tcp';
      flags: TcpFlag[];
      /** kinds of TCP options (RFC 9293, 3.2) */ options: number[];
      /** of the MSS option, which TCPMSS changes */ mss: number | null;
    }
  | { kind: 'udp' }
  | { kind: 'icmp'; type: number; code: number; /** the packet that an ICMP error answers */ about: Packet | null };

/** The end that a kind of NAT changes. */
export type Manipulation = 'source' | 'destination';

/** A connection as conntrack knows it (include/net/netfilter/nf_conntrack.h). */
export interface Flow {
  readonly protocol: number;
  /** The ends of its first packet, before NAT. */
  readonly original: Ends;
  /** The ends of its first packet after NAT. */
  translated: Ends;
  /** Which NAT has been decided, so that table nat is not asked again. */
  readonly decided: Record<Manipulation, boolean>;
  /** Which NAT has changed something. */
  readonly changed: Record<Manipulation, boolean>;
  isConfirmed: boolean;
  hasReply: boolean;
  isAssured: boolean;
  /** null: not known. */
  mark: number | null;
  /** The numbers of its labels (connlabel). */
  readonly labels: Set<number>;
  zone: number;
  /** By direction, as connbytes counts. */
  readonly counts: Record<'original' | 'reply', { packets: number; bytes: number }>;
}

/**
 * What connection tracking knows of a packet.
 * - nothing: it has not seen the packet yet, or it is invalid
 * - untracked: a rule has said so
 */
export type Tracking = 'nothing' | 'untracked' | { flow: Flow; state: 'NEW' | 'ESTABLISHED' | 'RELATED'; isReply: boolean };

/**
 * The socket that has sent the packet, as `owner` sees it.
 * - none: the packet came in, or no socket has sent it
 * - kernel: a socket of the kernel, which has no file
 */
export type Sender = 'none' | 'kernel' | { user: number | null; group: number | null };

/** A packet on its way. Rules change it. */
export interface Packet extends Ends {
  readonly family: Family;
  /** The number of its protocol (/etc/protocols). */
  readonly protocol: number;
  readonly content: Content;
  readonly payload: string;
  /** In bytes, with the IP header. */
  readonly length: number;
  /** Time to live, or hop limit. */
  hops: number;
  tos: number;
  /** null: not known. */
  mark: number | null;
  /** Of connection tracking. */
  zone: number;
  tracking: Tracking;
  sender: Sender;
}

/** The lengths of the IP header. */
const HEADER: Record<Family, number> = { ipv4: 20, ipv6: 40 };
const TCP = 6;
const UDP = 17;
const ICMP: Record<Family, number> = { ipv4: 1, ipv6: 58 };
const HOPS = 64;
/** Of lo. */
export const LO_MTU = 65536;

/** Kinds of TCP options (RFC 9293, 3.2; RFC 7323; RFC 2018). */
export const NOP = 1;
export const MSS = 2;
const WINDOW_SCALE = 3;
const SACK_PERMITTED = 4;
const TIMESTAMPS = 8;
/** What a client of Linux offers in its SYN. */
export const OFFERED = [MSS, SACK_PERMITTED, TIMESTAMPS, WINDOW_SCALE];
/** An IPv4 packet has at most 65535 bytes. */
const MOST_MSS: Record<Family, number> = { ipv4: 65495, ipv6: 65535 };

type Common = Ends & Pick<Packet, 'family'> & Partial<Pick<Packet, 'sender' | 'payload' | 'tracking' | 'tos'>>;

function make({ family, source, destination, ...rest }: Common, protocol: number, content: Content, bytes: number): Packet {
  const payload = rest.payload ?? '';
  return {
    ...{ family, protocol, content, payload, source: { ...source }, destination: { ...destination } },
    length: HEADER[family] + bytes + Buffer.byteLength(payload),
    ...{ hops: HOPS, tos: rest.tos ?? 0, mark: 0, zone: 0, tracking: rest.tracking ?? 'nothing', sender: rest.sender ?? 'none' },
  };
}

/**
 * @param mtu of the interface by which the sender sends: its SYN names it as MSS
 * @param offered the options that both sides use, or that a SYN offers
 */
export function makeTcp(common: Common, flags: TcpFlag[], mtu: number, offered: number[]): Packet {
  const isSyn = flags.includes('SYN');
  const options = flags.includes('RST') ? layOutOptions([]) : layOutOptions(offered.filter((kind) => isSyn || kind === TIMESTAMPS));
  const mss = isSyn ? Math.min(mtu - HEADER[common.family] - 20, MOST_MSS[common.family]) : null;
  return make(common, TCP, { kind: 'tcp', flags, options: options.kinds, mss }, 20 + options.bytes);
}

/** How Linux lays options out (tcp_options_write in net/ipv4/tcp_output.c): SACK permitted takes the place of two NOPs before timestamps. */
function layOutOptions(offered: number[]): { kinds: number[]; bytes: number } {
  const has = (kind: number) => offered.includes(kind);
  const hasTimestamps = has(TIMESTAMPS);
  const parts: { kinds: number[]; bytes: number }[] = [
    ...(has(MSS) ? [{ kinds: [MSS], bytes: 4 }] : []),
    ...(hasTimestamps ? [{ kinds: [has(SACK_PERMITTED) ? SACK_PERMITTED : NOP, TIMESTAMPS], bytes: 12 }] : []),
    ...(has(SACK_PERMITTED) && !hasTimestamps ? [{ kinds: [NOP, SACK_PERMITTED], bytes: 4 }] : []),
    ...(has(WINDOW_SCALE) ? [{ kinds: [NOP, WINDOW_SCALE], bytes: 4 }] : []),
  ];
  return { kinds: parts.flatMap(({ kinds }) => kinds), bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The options of the answer to a SYN that arrived with these. */
export function acceptOptions(arrived: number[]): number[] {
  return [MSS, ...OFFERED.filter((kind) => kind !== MSS && arrived.includes(kind))];
}

export function hasTimestamps({ content }: Packet): boolean {
  return content.kind === 'tcp' && content.options.includes(TIMESTAMPS);
}

export function makeUdp(common: Common): Packet {
  return make(common, UDP, { kind: 'udp' }, 8);
}

export function makeIcmp(common: Common, type: number, code: number): Packet {
  return make(common, ICMP[common.family], { kind: 'icmp', type, code, about: null }, 8);
}

/** The most bytes of a packet that an ICMP error has in it: RFC 1812, 4.3.2.3, without its own headers; RFC 4443, 2.4. */
const QUOTED: Record<Family, number> = { ipv4: 576 - 28, ipv6: 1280 - 48 };
/** Linux gives ICMPv4 errors the precedence "internetwork control" (RFC 1812, 4.3.2.5). */
const ERROR_TOS: Record<Family, number> = { ipv4: 0xc0, ipv6: 0 };

export function makeIcmpError(common: Omit<Common, 'payload' | 'tos'>, type: number, code: number, about: Packet): Packet {
  const quoted = Math.min(about.length, QUOTED[common.family]);
  const content: Content = { kind: 'icmp', type, code, about };
  return make({ ...common, tos: ERROR_TOS[common.family] }, ICMP[common.family], content, 8 + quoted);
}

export function turn({ source, destination }: Ends): Ends {
  return { source: destination, destination: source };
}

export function isIcmpError(packet: Packet): boolean {
  return packet.content.kind === 'icmp' && packet.content.about !== null;
}

export function hasFlag({ content }: Packet, flag: TcpFlag): boolean {
  return content.kind === 'tcp' && content.flags.includes(flag);
}
