import type { Step } from '../../model/result.js';

type Hook = Step['hook'];

/** The position of a chain: its hook, and how many chains of that hook come before it. */
export interface Station {
  hook: Hook;
  order: number;
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
/** The place of a chain that comes after all others of its hook. */
export const AFTER_ALL = MOST_CHAINS - 1;

/** The order of iptables' tables in a hook (nf_ip_hook_priorities in linux/netfilter_ipv4.h). In INPUT, nat comes last. */
const TABLES = ['raw', 'mangle', 'nat', 'filter', 'security'];
const TABLES_AT_INPUT = ['raw', 'mangle', 'filter', 'security', 'nat'];

/** The position of an iptables chain; null for a user chain. */
export function getStation(table: string, chain: string): Station | null {
  const hook = BUILT_IN[chain];
  return hook === undefined ? null : getStationAt(hook, table);
}

/** The position of an iptables table in a hook. */
export function getStationAt(hook: Hook, table: string): Station {
  return { hook, order: (hook === 'input' ? TABLES_AT_INPUT : TABLES).indexOf(table) };
}

/**
 * A number for how far a packet at this position has come. It increases along the packet's path.
 *
 * @param reached the packet's number before
 */
export function getRank({ hook, order }: Station, reached: number): number {
  const isForwarded = hook === 'postrouting' && reached >= ORDER.prerouting * MOST_CHAINS;
  return (isForwarded ? POSTROUTING_OF_FORWARDED : ORDER[hook]) * MOST_CHAINS + order;
}
