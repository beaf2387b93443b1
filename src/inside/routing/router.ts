import ipaddr from 'ipaddr.js';
import { readRoutingCounters, type RoutingCounters } from '../../kernel/network/counters.js';
import { getInterfaceName } from '../../kernel/network/links.js';
import { askRoute, getNeighbourState } from '../../kernel/network/route-answers.js';
import { type RouteSocket, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { parsePrefix } from '../../kernel/sockets/address.js';
import type { PacketFate, RoutingReason } from '../../model/kernel/routing.js';
import type { Family } from '../../model/rule.js';
import type { Way } from '../../trace/finding/way.js';
import type { TracedPacket } from '../../trace/journey/packet.js';
import type { PacketHeaders } from '../../trace/packet/headers.js';
import { printEndpoint } from '../../words/addresses.js';
import { nameRules, type RoutingPolicy } from './policy.js';
import { explainArrived, explainBridged, explainOutput, isLocal, type Routed, UNKNOWN } from './reason.js';

/** The counter that must have grown if a reason holds. The kernel counts no other reason. */
const COUNTERS: { [F in Family]: Partial<Record<RoutingReason['kind'], keyof RoutingCounters[F]>> } = {
  ipv4: { forwarding: 'InAddrErrors', 'no-route': 'InNoRoutes', 'rp-filter': 'IPReversePathFilter' },
  ipv6: { forwarding: 'InAddrErrors', 'no-route': 'InNoRoutes', martian: 'InAddrErrors' },
};

/** The ICMP errors by which the kernel says that it has found no neighbour. */
const UNREACHED = ['host-unreachable', 'addr-unreachable'];

/** The hook at which the observer saw a packet last. */
const LAST_HOOKS = { output: 'postrouting', arrived: 'prerouting', delivered: 'input', left: 'postrouting' } satisfies Record<
  Way['stage'],
  string
>;

/**
 * Says what routing made of a packet in the calling thread's network namespace: it asks the kernel for the route, and holds the answer
 * against the kernel's counters.
 */
export class Router {
  readonly #before: RoutingCounters = readRoutingCounters();
  readonly #policy: RoutingPolicy;

  constructor(policy: RoutingPolicy) {
    this.#policy = policy;
  }

  /** null: the packet left for nothing that is known, or its interface is gone. */
  explain({ packet, of, stage }: Way): PacketFate | null {
    const passage = packet.passed.findLast(({ hook }) => hook === LAST_HOOKS[stage]);
    const headers = passage?.headers ?? packet.headers;
    const { family, source } = headers;
    return withRouteSocket((socket) => {
      if (stage === 'delivered') {
        return this.#explainAnswer(headers, socket);
      }
      const device = passage === undefined ? null : getInterfaceName(passage.device, socket);
      const isRewritten = headers !== packet.headers;
      const ended = { kind: 'ended', of, stage, device, source, address: headers.destination, isRewritten, rewrittenBy: null } as const;
      if (stage === 'left') {
        const missing = this.#findMissingNeighbour(headers, packet, passage?.device ?? 0, socket);
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
      const routed = { family, source, destination: first, inIndex: 0, mark: packet.mark };
      const reason = this.#name(explainOutput(routed, socket), routed, null);
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
    return reason.kind === 'unknown' ? explainBridged(routed, socket) : this.#name(reason, routed, device);
  }

  /**
   * The reason why the world itself cannot answer a packet that was delivered; null if it can. Such an answer is in no trace. It has no mark:
   * the settings that give it that of the request cannot be set.
   */
  #explainAnswer({ family, source, destination }: PacketHeaders, socket: RouteSocket): PacketFate | null {
    const routed = { family, source: destination, destination: source, inIndex: 0, mark: 0 };
    if (!isLocal(routed, destination, socket)) {
      return null;
    }
    const reason = explainOutput(routed, socket);
    return reason.kind === 'unknown'
      ? null
      : { kind: 'unanswerable', device: null, source: destination, address: source, reason: this.#name(reason, routed, null) };
  }

  #name(reason: RoutingReason, routed: Routed, device: string | null): RoutingReason {
    return nameRules(reason, routed, device, this.#policy);
  }

  /** The next hop of a packet that left, if the kernel finds no link-layer address for it. */
  #findMissingNeighbour(headers: PacketHeaders, { mark, errors }: TracedPacket, device: number, socket: RouteSocket): string | null {
    const { family, destination } = headers;
    const answer = askRoute({ family, destination, source: null, inIndex: 0, mark }, socket);
    const hop = 'errno' in answer || answer.gateway === null ? parsePrefix(destination).bytes : answer.gateway;
    const state = getNeighbourState(family, hop, device, socket);
    const isGone = state === 'none' && errors.some((error) => UNREACHED.includes(error.headers.icmp?.name ?? ''));
    return state === 'missing' || isGone ? showAddress(hop, destination) : null;
  }

  /** The reason, if the kernel has counted such packets since the rules were applied. */
  #confirm(family: Family, reason: RoutingReason): RoutingReason {
    const name = COUNTERS[family][reason.kind];
    const [before, now]: Partial<RoutingCounters['ipv4']>[] = [this.#before[family], readRoutingCounters()[family]];
    return name === undefined || (now?.[name] ?? 0) > (before?.[name] ?? 0) ? reason : UNKNOWN;
  }
}

function getDestination({ protocol, destination, destinationPort }: PacketHeaders): string {
  return protocol === 'tcp' || protocol === 'udp' ? printEndpoint(destination, destinationPort) : destination;
}

/** The text of a next hop. It is nearly always the destination itself. */
function showAddress(bytes: Buffer, destination: string): string {
  return bytes.equals(parsePrefix(destination).bytes) ? destination : ipaddr.fromByteArray([...bytes]).toString();
}
