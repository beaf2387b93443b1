import { readRoutingCounters, type RoutingCounters } from '../../kernel/network/counters.js';
import { getInterfaceIndex, getInterfaceName } from '../../kernel/network/links.js';
import { askRoute, isNeighbourMissing, type RouteQuestion } from '../../kernel/network/route-answers.js';
import { type RouteSocket, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { readSysctl } from '../../kernel/network/sysctls.js';
import { parsePrefix } from '../../kernel/sockets/address.js';
import type { ProbePlan } from '../../model/plan.js';
import type { PacketFate, RoutingReason } from '../../model/routing.js';
import type { Family } from '../../model/rule.js';
import type { Way } from '../../trace/finding/way.js';
import type { PacketHeaders } from '../../trace/packet/headers.js';
import { printEndpoint } from '../../words/addresses.js';

const UNKNOWN: RoutingReason = { kind: 'unknown' };

/** The reasons that the kernel's errno names. */
const BY_ERRNO: Record<string, RoutingReason> = {
  ENETUNREACH: { kind: 'no-route' },
  EACCES: { kind: 'prohibit' },
  EHOSTUNREACH: { kind: 'unreachable' },
};

/** The counter that must have grown if a reason holds. The kernel counts no other reason. */
const COUNTERS: Partial<Record<RoutingReason['kind'], keyof RoutingCounters['ipv4']>> = {
  forwarding: 'InAddrErrors',
  'no-route': 'InNoRoutes',
  'rp-filter': 'IPReversePathFilter',
};

/** A packet as routing saw it. */
interface Routed {
  family: Family;
  source: string;
  destination: string;
  inIndex: number;
  mark: number;
}

/**
 * Says what routing made of a packet in the calling thread's network namespace: it asks the kernel for the route, and holds the answer
 * against the kernel's counters.
 */
export class Router {
  readonly #before: RoutingCounters = readRoutingCounters();

  /** null: the packet left for nothing that is known, or its interface is gone. */
  explain({ packet, of, stage }: Way): PacketFate | null {
    const passage = packet.passed.findLast(({ hook }) => hook === (stage === 'arrived' ? 'prerouting' : 'postrouting'));
    const headers = passage?.headers ?? packet.headers;
    const { family, source } = headers;
    return withRouteSocket((socket) => {
      const device = passage === undefined ? null : getInterfaceName(passage.device, socket);
      const isRewritten = headers !== packet.headers;
      const ended = { kind: 'ended', of, stage, device, source, address: headers.destination, isRewritten, rewrittenBy: null } as const;
      if (stage === 'left') {
        const missing = this.#findMissingNeighbour(headers, packet.mark, passage?.device ?? 0, socket);
        const destination = getDestination(headers);
        if (missing !== null) {
          return { ...ended, destination, reason: { kind: 'no-neighbour', address: missing } };
        }
        return device === null ? null : { kind: 'left', device, ends: `${source} → ${destination}` };
      }
      if (stage === 'arrived') {
        const routed = { family, source, destination: headers.destination, inIndex: passage?.device ?? 0, mark: packet.mark };
        return {
          ...ended,
          destination: getDestination(headers),
          reason: this.#explainArrival(routed, device ?? '', socket),
        };
      }
      const { rule, destination } = packet.translation ?? { rule: null, destination: null };
      const { text, first, last } = destination ?? { text: getDestination(headers), first: headers.destination, last: headers.destination };
      const reason = explainOutput({ family, source, destination: first, inIndex: 0, mark: packet.mark }, socket);
      if (reason.kind === 'unknown' && (rule === null || destination !== null)) {
        // There is a route: something else ended it, such as a queue without a reader.
        return null;
      }
      return {
        ...ended,
        destination: first === last ? text : `one of ${first}–${last}`,
        address: first === last ? first : `${first}–${last}`,
        isRewritten: rule !== null,
        rewrittenBy: rule?.entry ?? null,
        reason,
      };
    });
  }

  #explainArrival(routed: Routed, device: string, socket: RouteSocket): RoutingReason {
    const reason = this.#confirm(routed.family, explainArrived(routed, device, socket));
    return reason.kind === 'unknown' ? explainBridged(routed, socket) : reason;
  }

  /** The next hop of a packet that left, if the kernel finds no link-layer address for it. */
  #findMissingNeighbour(headers: PacketHeaders, mark: number, device: number, socket: RouteSocket): string | null {
    const { family, destination } = headers;
    const answer = askRoute({ family, destination, source: null, inIndex: 0, mark }, socket);
    const hop = 'errno' in answer || answer.gateway === null ? parsePrefix(destination).bytes : answer.gateway;
    return isNeighbourMissing(family, hop, device, socket) ? showAddress(hop, destination) : null;
  }

  /** The reason, if the kernel has counted such packets since the rules were applied. */
  #confirm(family: Family, reason: RoutingReason): RoutingReason {
    const name = COUNTERS[reason.kind];
    const [before, now]: Partial<RoutingCounters['ipv4']>[] = [this.#before[family], readRoutingCounters()[family]];
    return name === undefined || (now?.[name] ?? 0) > (before?.[name] ?? 0) ? reason : UNKNOWN;
  }
}

/**
 * The probes whose packets the kernel would answer with an ICMP error of its own for want of a route (ip_error in net/ipv4/route.c). It
 * rations these: a client gets five at once and then one a second, whatever net.ipv4.icmp_ratelimit says. IPv6 has no such ration.
 */
export function listRationed(probes: ProbePlan[]): Set<ProbePlan> {
  return withRouteSocket((socket) => new Set(probes.filter((probe) => isRationed(probe, socket))));
}

function isRationed({ family, from, to, via }: ProbePlan, socket: RouteSocket): boolean {
  if (family !== 'ipv4' || via === null || readSysctl(`net.ipv4.conf.${via}.forwarding`) === '0') {
    return false;
  }
  const answer = askRoute({ family, source: from, destination: to.address, inIndex: getInterfaceIndex(via), mark: 0 }, socket);
  return 'errno' in answer && answer.errno in BY_ERRNO;
}

/** Why routing ended a packet that came in (ip_route_input_slow in net/ipv4/route.c, ip6_forward in net/ipv6/ip6_output.c). */
function explainArrived(routed: Routed, device: string, socket: RouteSocket): RoutingReason {
  const answer = askRoute(routed, socket);
  const errno = 'errno' in answer ? answer.errno : null;
  const isForeign = !isLocal(routed, routed.destination, socket);
  if (routed.family === 'ipv6') {
    const setting = 'net.ipv6.conf.all.forwarding';
    return errno === null
      ? isForeign && readSysctl(setting) === '0'
        ? { kind: 'forwarding', setting }
        : UNKNOWN
      : explainRefusal(routed, errno, () => ({ kind: 'blackhole' }), socket);
  }
  const setting = `net.ipv4.conf.${device}.forwarding`;
  if (isForeign && errno === 'EHOSTUNREACH' && readSysctl(setting) === '0') {
    return { kind: 'forwarding', setting };
  }
  if (errno !== 'EINVAL' && errno !== 'EXDEV') {
    return errno === null ? UNKNOWN : (BY_ERRNO[errno] ?? UNKNOWN);
  }
  if (isMulticast(routed.source) || isLoopback(routed.source) || isLocal(routed, routed.source, socket)) {
    return { kind: 'martian' };
  }
  if (isLoopback(routed.destination)) {
    return { kind: 'localnet', setting: `net.ipv4.conf.${device}.route_localnet` };
  }
  return explainRefusal(routed, errno, () => (isReverseFiltered(device) ? { kind: 'rp-filter', device } : { kind: 'blackhole' }), socket);
}

/** @param otherwise the reason if only packets with this source or interface have no route: rp_filter, or a blackhole of a rule (ip-rule(8)) */
function explainRefusal(routed: Routed, errno: string, otherwise: () => RoutingReason, socket: RouteSocket): RoutingReason {
  const reason = explainErrno(routed, errno, socket);
  return reason.kind === 'unknown' ? otherwise() : reason;
}

/** The larger of both settings counts (ip-sysctl.rst). */
function isReverseFiltered(device: string): boolean {
  return ['all', device].some((name) => readSysctl(`net.ipv4.conf.${name}.rp_filter`) !== '0');
}

/**
 * Why a bridge did not pass a packet on that NAT sends back to it. The bridge itself asks for the neighbour then
 * (br_nf_pre_routing_finish in net/bridge/br_netfilter_hooks.c), and it sends nothing back by the port that it came by.
 */
function explainBridged({ family, source, destination, inIndex, mark }: Routed, socket: RouteSocket): RoutingReason {
  const answer = askRoute({ family, destination, source: null, inIndex: 0, mark }, socket);
  if ('errno' in answer || answer.outIndex !== inIndex) {
    return UNKNOWN;
  }
  if (isNeighbourMissing(family, parsePrefix(destination).bytes, inIndex, socket)) {
    return { kind: 'no-neighbour', address: destination };
  }
  return source === destination ? { kind: 'hairpin' } : UNKNOWN;
}

/** Why the kernel found no route in OUTPUT after a rule had rewritten or marked a packet (ip_route_me_harder in net/ipv4/netfilter.c). */
function explainOutput(routed: Routed, socket: RouteSocket): RoutingReason {
  const answer = askRoute(routed, socket);
  if (!('errno' in answer)) {
    return UNKNOWN;
  }
  const other = askRoute({ ...routed, source: null }, socket);
  if (isLoopback(routed.source) && !('errno' in other)) {
    const device = getInterfaceName(other.outIndex, socket) ?? 'all';
    return { kind: 'localnet', setting: `net.ipv4.conf.${device}.route_localnet` };
  }
  return explainErrno(routed, 'errno' in other ? other.errno : answer.errno, socket);
}

/** Without source and interface, EINVAL is a blackhole. */
function explainErrno(routed: Routed, errno: string, socket: RouteSocket): RoutingReason {
  const again: RouteQuestion = { ...routed, source: null, inIndex: 0 };
  const answer = errno === 'EINVAL' ? askRoute(again, socket) : { errno };
  return 'errno' in answer ? (answer.errno === 'EINVAL' ? { kind: 'blackhole' } : (BY_ERRNO[answer.errno] ?? UNKNOWN)) : UNKNOWN;
}

function isLocal(routed: Routed, address: string, socket: RouteSocket): boolean {
  const answer = askRoute({ family: routed.family, destination: address, source: null, inIndex: 0, mark: 0 }, socket);
  return !('errno' in answer) && answer.isLocal;
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

/** 224.0.0.0/4 (RFC 5771). */
function isMulticast(address: string): boolean {
  const first = Number(address.split('.')[0]);
  return first >= 224 && first < 240;
}

function getDestination({ protocol, destination, destinationPort }: PacketHeaders): string {
  return protocol === 'tcp' || protocol === 'udp' ? printEndpoint(destination, destinationPort) : destination;
}

/** The text of a next hop. It is nearly always the destination itself. */
function showAddress(bytes: Buffer, destination: string): string {
  return bytes.equals(parsePrefix(destination).bytes) ? destination : `the gateway of ${destination}`;
}
