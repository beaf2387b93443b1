// Where the kernel sends a packet: its routing rules and tables (ip-rule(8), ip-route(8)).
import type { Family } from '../../model/rule.js';
import type { RouteType } from '../../model/scenario.js';
import type { AddressRange } from '../../rules/values/address-range.js';
import type { End, Packet } from './packet.js';

/** A route of the world. Its addresses are hexadecimal digits. */
export interface FibRoute {
  table: number;
  type: RouteType;
  range: AddressRange;
  length: number;
  metric: number;
  /** The next hop; null: the destination itself is at the interface. */
  via: string | null;
  /** null: the interface at which the next hop is. */
  device: string | null;
}

export interface FibRule {
  family: Family;
  isInverted: boolean;
  source: AddressRange | null;
  destination: AddressRange | null;
  inInterface: string | null;
  /** Whether it is only for sockets that are bound to an interface. */
  isOfBound: boolean;
  mark: { value: number; mask: number } | null;
  action: { kind: 'lookup'; table: number } | { kind: 'unreachable' | 'blackhole' | 'prohibit' };
}

/** What a route is looked up by. */
export interface Query {
  source: string;
  destination: string;
  /** null: not known. */
  mark: number | null;
  /** lo for a packet that is sent here. */
  inInterface: string;
}

export const MAIN_TABLE = 254;

/** What the tables say: a way, a refusal, or none at all. */
export type NextHop =
  | { kind: 'way'; via: string | null; device: string | null }
  | { kind: 'refused'; type: RouteType }
  | { kind: 'unknown'; why: string }
  | null;

/**
 * Looks for the route of a packet that is not for the world itself.
 * @param rules in the order in which the kernel asks them, without that of local addresses
 */
export function findWay(query: Query, rules: FibRule[], routes: FibRoute[]): NextHop {
  for (const rule of rules) {
    const isMet = meets(rule, query);
    if (isMet === null) {
      return { kind: 'unknown', why: 'a routing rule for a mark that is not known' };
    }
    if (!isMet) {
      continue;
    }
    if (rule.action.kind !== 'lookup') {
      return { kind: 'refused', type: rule.action.kind };
    }
    const { table } = rule.action;
    const [best] = routes
      .filter((route) => route.table === table && isWithin(query.destination, route.range))
      .sort((a, b) => b.length - a.length || a.metric - b.metric);
    if (best !== undefined && best.type !== 'throw') {
      return best.type === 'unicast' ? { kind: 'way', via: best.via, device: best.device } : { kind: 'refused', type: best.type };
    }
  }
  return null;
}

/** Whether a rule is for these packets; null if that is not known. */
function meets({ family, isInverted, source, destination, inInterface, isOfBound, mark }: FibRule, query: Query): boolean | null {
  if ((family === 'ipv4') !== (query.destination.length === 8)) {
    return false;
  }
  const others =
    !isOfBound &&
    (source === null || isWithin(query.source, source)) &&
    (destination === null || isWithin(query.destination, destination)) &&
    (inInterface === null || inInterface === query.inInterface);
  if (mark !== null && query.mark === null && others) {
    return null;
  }
  return (others && (mark === null || ((query.mark ?? 0) & mark.mask) >>> 0 === mark.value)) !== isInverted;
}

export function isWithin(address: string, [first, last]: AddressRange): boolean {
  return first.length === address.length && first <= address && address <= last;
}

/** What decides about the way of a packet. */
export function toQuery(
  { source, destination, mark }: { source: End; destination: End } & Pick<Packet, 'mark'>,
  inInterface: string,
): Query {
  return { source: source.address, destination: destination.address, mark, inInterface };
}
