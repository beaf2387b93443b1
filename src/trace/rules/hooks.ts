import type { Step } from '../../model/result.js';

type Hook = Step['hook'];

/** The position of a chain: its hook, and the priority by which the kernel orders the chains of the hook. */
export interface Station {
  hook: Hook;
  priority: number;
}

const BUILT_IN: Record<string, Hook> = {
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
};

/**
 * The order in which a packet passes the hooks. A local process sends it over lo to another process, or out through an interface; or it
 * arrives through an interface.
 */
const ORDER: Record<Hook, number> = { output: 0, postrouting: 1, prerouting: 2, input: 3, forward: 3 };
/** A forwarded packet passes postrouting last. */
const POSTROUTING_OF_FORWARDED = 4;

/** The kernel's limit of chains in a hook (MAX_HOOK_COUNT in net/netfilter/core.c). */
const MOST_CHAINS = 1024;

/** The priorities of iptables' tables (nf_ip_hook_priorities in linux/netfilter_ipv4.h), except nat. */
const PRIORITIES: Record<string, number> = { raw: -300, mangle: -150, filter: 0, security: 50 };

/** The priority at which the kernel runs all nat chains of a hook, whatever their own priorities (nf_nat_ipv4_ops in nf_nat_proto.c). */
export const NAT_PRIORITIES: Record<Hook, number> = { prerouting: -100, output: -100, input: 100, postrouting: 100, forward: 0 };

/** The position of an iptables chain; null for a user chain. */
export function getStation(table: string, chain: string): Station | null {
  const hook = BUILT_IN[chain];
  return hook === undefined ? null : getStationAt(hook, table);
}

/** The position of an iptables table in a hook. */
export function getStationAt(hook: Hook, table: string): Station {
  return { hook, priority: table === 'nat' ? NAT_PRIORITIES[hook] : (PRIORITIES[table] ?? 0) };
}

/** The place of a chain: its hook, and how many different priorities of that hook come before its own. */
export interface HookPlace {
  hook: Hook;
  order: number;
}

/** Numbers the priorities of each hook. */
export class HookOrder {
  readonly #places = new Map<Hook, Map<number, HookPlace>>();

  /** @param stations the positions of all chains. Those of iptables' tables are always known. */
  constructor(stations: Station[]) {
    const tables = [...Object.keys(PRIORITIES), 'nat'];
    for (const hook of Object.values(BUILT_IN)) {
      const own = [...stations.filter((station) => station.hook === hook), ...tables.map((table) => getStationAt(hook, table))];
      const priorities = [...new Set(own.map(({ priority }) => priority))].sort((a, b) => a - b);
      this.#places.set(hook, new Map(priorities.map((priority, order) => [priority, { hook, order }])));
    }
  }

  /** The place of a position that the constructor has got. */
  get({ hook, priority }: Station): HookPlace {
    return this.#places.get(hook)?.get(priority) ?? { hook, order: 0 };
  }
}

/**
 * A number for how far a packet at this place has come. It increases along the packet's path.
 *
 * @param reached the packet's number before
 */
export function getRank({ hook, order }: HookPlace, reached: number): number {
  const isForwarded = hook === 'postrouting' && reached >= ORDER.prerouting * MOST_CHAINS;
  return (isForwarded ? POSTROUTING_OF_FORWARDED : ORDER[hook]) * MOST_CHAINS + order;
}
