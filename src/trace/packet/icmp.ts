import type { IcmpName } from '../../model/result.js';
import type { Family } from '../../model/rule.js';

/** The role of an ICMP message in a probe. */
export type IcmpKind = 'echo-request' | 'echo-reply' | 'solicitation' | 'advertisement' | 'error' | 'redirect' | 'other';

interface IcmpTypes {
  echoRequest: number;
  echoReply: number;
  unreachable: number;
  /** Codes of destination-unreachable, with the names that --reject-with uses. */
  names: Record<number, IcmpName>;
}

/** RFC 792, RFC 1122 (3.2.2.1) and RFC 4443. */
const TYPES: Record<Family, IcmpTypes> = {
  ipv4: {
    echoRequest: 8,
    echoReply: 0,
    unreachable: 3,
    names: {
      0: 'net-unreachable',
      1: 'host-unreachable',
      2: 'proto-unreachable',
      3: 'port-unreachable',
      9: 'net-prohibited',
      10: 'host-prohibited',
      13: 'admin-prohibited',
    },
  },
  ipv6: {
    echoRequest: 128,
    echoReply: 129,
    unreachable: 1,
    names: { 0: 'no-route', 1: 'adm-prohibited', 3: 'addr-unreachable', 4: 'port-unreachable', 5: 'policy-fail', 6: 'reject-route' },
  },
};

/** Types of IPv6 neighbour discovery (RFC 4861). */
const DISCOVERY: Record<number, IcmpKind> = { 135: 'solicitation', 136: 'advertisement', 137: 'redirect' };

/**
 * Types of ICMP that report an error: unreachable, source quench, time exceeded, parameter problem. A redirect (5) embeds a packet too, but
 * the router that sends it has forwarded that packet.
 */
const IPV4_ERRORS = [3, 4, 11, 12];
const IPV4_REDIRECT = 5;
/** By type and code. --reject-with has none of them. */
const ROUTER_ERRORS: Record<Family, Record<string, string>> = {
  ipv4: { '3/4': 'fragmentation-needed', '11/0': 'time-exceeded', '11/1': 'reassembly-time-exceeded' },
  ipv6: { '2/0': 'packet-too-big', '3/0': 'time-exceeded', '3/1': 'reassembly-time-exceeded' },
};
const TIME_EXCEEDED: Record<Family, number> = { ipv4: 11, ipv6: 3 };

/** The kind of an ICMP message, from its type. */
export function getIcmpKind(family: Family, type: number): IcmpKind {
  const { echoRequest, echoReply } = TYPES[family];
  if (type === echoRequest) {
    return 'echo-request';
  }
  if (type === echoReply) {
    return 'echo-reply';
  }
  if (family === 'ipv6' && type in DISCOVERY) {
    return DISCOVERY[type] ?? 'other';
  }
  if (family === 'ipv4') {
    return type === IPV4_REDIRECT ? 'redirect' : IPV4_ERRORS.includes(type) ? 'error' : 'other';
  }
  // All types below 128 are errors of ICMPv6.
  return type < 128 ? 'error' : 'other';
}

/** The name of an error of a router, with its code where codes differ; null for any other message. */
export function getRouterErrorName(family: Family, type: number, code: number): string | null {
  return ROUTER_ERRORS[family][`${type}/${code}`] ?? null;
}

/** Whether a router says that the time to live of a packet has ended, or the fragments of one did not all come. */
export function isTimeExceeded({ icmp }: { icmp: { type: number } | null }, family: Family): boolean {
  return icmp?.type === TIME_EXCEEDED[family];
}

/** The name that --reject-with uses for a destination-unreachable. null for any other message or code. */
export function getIcmpName(family: Family, type: number, code: number): IcmpName | null {
  const { unreachable, names } = TYPES[family];
  return type === unreachable ? (names[code] ?? null) : null;
}
