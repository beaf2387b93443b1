import { askRoute, isNeighbourMissing } from '../../kernel/network/route-answers.js';
import type { RouteSocket } from '../../kernel/network/rtnetlink.js';
import { readSysctl } from '../../kernel/network/sysctls.js';
import { parsePrefix } from '../../kernel/sockets/address.js';
import type { RoutingReason } from '../../model/routing.js';
import { BY_ERRNO, explainErrno, isLocal, isLoopback, type Routed, UNKNOWN } from './refusal.js';

/** Why routing ended a packet that came in (ip_route_input_slow in net/ipv4/route.c, ip6_forward in net/ipv6/ip6_output.c). */
export function explainArrived(routed: Routed, device: string, socket: RouteSocket): RoutingReason {
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
export function explainBridged({ family, source, destination, inIndex, mark }: Routed, socket: RouteSocket): RoutingReason {
  const answer = askRoute({ family, destination, source: null, inIndex: 0, mark }, socket);
  if ('errno' in answer || answer.outIndex !== inIndex) {
    return UNKNOWN;
  }
  if (isNeighbourMissing(family, parsePrefix(destination).bytes, inIndex, socket)) {
    return { kind: 'no-neighbour', address: destination };
  }
  return source === destination ? { kind: 'hairpin' } : UNKNOWN;
}

/** 224.0.0.0/4 (RFC 5771). */
function isMulticast(address: string): boolean {
  const first = Number(address.split('.')[0]);
  return first >= 224 && first < 240;
}
