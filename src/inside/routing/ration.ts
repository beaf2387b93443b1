import { getInterfaceIndex } from '../../kernel/network/links.js';
import { askRoute } from '../../kernel/network/route-answers.js';
import { type RouteSocket, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { readSysctl } from '../../kernel/network/sysctls.js';
import type { ProbePlan } from '../../model/plan.js';
import { BY_ERRNO } from './reason.js';

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
