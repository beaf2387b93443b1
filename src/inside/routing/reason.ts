import ipaddr from 'ipaddr.js';
import { getInterfaceName } from '../../kernel/network/links.js';
import { askRoute, getNeighbourState, type RouteQuestion } from '../../kernel/network/route-answers.js';
import type { RouteSocket } from '../../kernel/network/rtnetlink.js';
import { readSysctl } from '../../kernel/network/sysctls.js';
import { parsePrefix } from '../../kernel/sockets/address.js';
import type { RoutingReason } from '../../model/kernel/routing.js';
import type { Family } from '../../model/rule.js';

export const UNKNOWN: RoutingReason = { kind: 'unknown' };

/** The reasons that the kernel's errno names. */
export const BY_ERRNO: Record<string, RoutingReason> = {
  ENETUNREACH: { kind: 'no-route' },
  EACCES: { kind: 'prohibit' },
  EHOSTUNREACH: { kind: 'unreachable' },
};

/** The kinds of sources that IPv6 forwards for nobody. */
const NOT_FORWARDED = ['unspecified', 'loopback', 'multicast', 'linkLocal'];

/** A packet as routing saw it. */
export interface Routed {
  family: Family;
  source: string;
  destination: string;
  /** The index of the interface by which it came in; 0 if this host sends it. */
  inIndex: number;
  mark: number;
}

/** Why routing ended a packet that came in. */
export function explainArrived(routed: Routed, device: string, socket: RouteSocket): RoutingReason {
  const answer = askRoute(routed, socket);
  const errno = 'errno' in answer ? answer.errno : null;
  const isForeign = !isLocal(routed, routed.destination, socket);
  return routed.family === 'ipv6' ? explainIPv6(routed, errno, isForeign) : explainIPv4(routed, errno, isForeign, device, socket);
}

/** ip6_forward in net/ipv6/ip6_output.c. The route tells neither forwarding nor the source. */
function explainIPv6({ source }: Routed, errno: string | null, isForeign: boolean): RoutingReason {
  if (errno !== null) {
    return errno === 'EINVAL' ? { kind: 'blackhole' } : (BY_ERRNO[errno] ?? UNKNOWN);
  }
  const setting = 'net.ipv6.conf.all.forwarding';
  if (isForeign && readSysctl(setting) === '0') {
    return { kind: 'forwarding', setting };
  }
  return isForeign && NOT_FORWARDED.includes(ipaddr.parse(source).range()) ? { kind: 'martian' } : UNKNOWN;
}

/** ip_route_input_slow in net/ipv4/route.c. */
function explainIPv4(routed: Routed, errno: string | null, isForeign: boolean, device: string, socket: RouteSocket): RoutingReason {
  const getSetting = (name: string) => `net.ipv4.conf.${device}.${name}`;
  if (isForeign && errno === 'EHOSTUNREACH' && readSysctl(getSetting('forwarding')) === '0') {
    return { kind: 'forwarding', setting: getSetting('forwarding') };
  }
  if (errno !== 'EINVAL' && errno !== 'EXDEV') {
    return errno === null ? UNKNOWN : (BY_ERRNO[errno] ?? UNKNOWN);
  }
  if (isMartian(routed, socket)) {
    return { kind: 'martian' };
  }
  if (isLoopback(routed.destination)) {
    return { kind: 'localnet', setting: getSetting('route_localnet') };
  }
  const again = explainErrno(routed, errno, socket);
  // Nothing filters: an ip rule leads to the blackhole, and asks for the interface or the source.
  const isFiltered = ['net.ipv4.conf.all.rp_filter', getSetting('rp_filter')].some((name) => readSysctl(name) !== '0');
  return again.kind === 'unknown' ? (isFiltered ? { kind: 'rp-filter', device } : { kind: 'blackhole' }) : again;
}

/** A source that IPv4 takes from nobody outside. */
function isMartian(routed: Routed, socket: RouteSocket): boolean {
  const { source } = routed;
  const isSpecial = source === '0.0.0.0' || ['loopback', 'multicast', 'broadcast'].includes(ipaddr.parse(source).range());
  return isSpecial || ['local', 'broadcast'].includes(askType(routed, source, socket) ?? '');
}

/**
 * Why the kernel finds no route for a packet of this host: in OUTPUT, after a rule has rewritten or marked it (ip_route_me_harder in
 * net/ipv4/netfilter.c), or for an answer, before that is made.
 */
export function explainOutput(routed: Routed, socket: RouteSocket): RoutingReason {
  const answer = askRoute(routed, socket);
  if (!('errno' in answer)) {
    return UNKNOWN;
  }
  const other = askRoute({ ...routed, source: null }, socket);
  if (isLoopback(routed.source) && !('errno' in other)) {
    const device = getInterfaceName(other.outIndex, socket) ?? 'all';
    return { kind: 'localnet', setting: `net.ipv4.conf.${device}.route_localnet` };
  }
  const reason = explainErrno(routed, 'errno' in other ? other.errno : answer.errno, socket);
  // Only packets with this source have no route: a rule is a blackhole for them (ip-rule(8)).
  return reason.kind === 'unknown' && answer.errno === 'EINVAL' ? { kind: 'blackhole' } : reason;
}

/**
 * Why a bridge did not pass a packet on that NAT sends back to it. The bridge itself asks for the neighbour then
 * (br_nf_pre_routing_finish in net/bridge/br_netfilter_hooks.c), and it sends nothing back by the port that it came by.
 */
export function explainBridged({ family, source, destination, inIndex, mark }: Routed, socket: RouteSocket): RoutingReason {
  const answer = askRoute({ family, destination, source: null, inIndex: 0, mark }, socket);
  if ('errno' in answer || answer.outIndex !== inIndex) {
    return UNKNOWN;
  }
  if (getNeighbourState(family, parsePrefix(destination).bytes, inIndex, socket) === 'missing') {
    return { kind: 'no-neighbour', address: destination };
  }
  return source === destination ? { kind: 'hairpin' } : UNKNOWN;
}

/** Without source and interface, EINVAL is a blackhole. */
function explainErrno(routed: Routed, errno: string, socket: RouteSocket): RoutingReason {
  const again: RouteQuestion = { ...routed, source: null, inIndex: 0 };
  const answer = errno === 'EINVAL' ? askRoute(again, socket) : { errno };
  return 'errno' in answer ? (answer.errno === 'EINVAL' ? { kind: 'blackhole' } : (BY_ERRNO[answer.errno] ?? UNKNOWN)) : UNKNOWN;
}

export function isLocal(routed: Routed, address: string, socket: RouteSocket): boolean {
  return askType(routed, address, socket) === 'local';
}

/** The type of the route to an address; null if there is none. */
function askType({ family }: Routed, address: string, socket: RouteSocket): string | null {
  const answer = askRoute({ family, destination: address, source: null, inIndex: 0, mark: 0 }, socket);
  return 'errno' in answer ? null : answer.type;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}
