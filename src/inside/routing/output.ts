import { getInterfaceName } from '../../kernel/network/links.js';
import { askRoute } from '../../kernel/network/route-answers.js';
import type { RouteSocket } from '../../kernel/network/rtnetlink.js';
import type { RoutingReason } from '../../model/routing.js';
import { explainErrno, isLoopback, type Routed, UNKNOWN } from './refusal.js';

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
