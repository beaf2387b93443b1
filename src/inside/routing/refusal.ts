import { askRoute, type RouteQuestion } from '../../kernel/network/route-answers.js';
import type { RouteSocket } from '../../kernel/network/rtnetlink.js';
import type { RoutingReason } from '../../model/routing.js';
import type { Family } from '../../model/rule.js';

export const UNKNOWN: RoutingReason = { kind: 'unknown' };

/** The reasons that the kernel's errno names. */
export const BY_ERRNO: Record<string, RoutingReason> = {
  ENETUNREACH: { kind: 'no-route' },
  EACCES: { kind: 'prohibit' },
  EHOSTUNREACH: { kind: 'unreachable' },
};

/** A packet as routing saw it. */
export interface Routed {
  family: Family;
  source: string;
  destination: string;
  /** The index of the interface by which it came in; 0 if this host sends it. */
  inIndex: number;
  mark: number;
}

/** Without source and interface, EINVAL is a blackhole. */
export function explainErrno(routed: Routed, errno: string, socket: RouteSocket): RoutingReason {
  const again: RouteQuestion = { ...routed, source: null, inIndex: 0 };
  const answer = errno === 'EINVAL' ? askRoute(again, socket) : { errno };
  return 'errno' in answer ? (answer.errno === 'EINVAL' ? { kind: 'blackhole' } : (BY_ERRNO[answer.errno] ?? UNKNOWN)) : UNKNOWN;
}

export function isLocal(routed: Routed, address: string, socket: RouteSocket): boolean {
  const answer = askRoute({ family: routed.family, destination: address, source: null, inIndex: 0, mark: 0 }, socket);
  return !('errno' in answer) && answer.isLocal;
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}
