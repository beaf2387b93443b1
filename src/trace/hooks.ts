import type { Step } from '../model/result.js';

const HOOKS: Record<string, { hook: Step['hook']; order: number }> = {
  OUTPUT: { hook: 'output', order: 0 },
  POSTROUTING: { hook: 'postrouting', order: 1 },
  PREROUTING: { hook: 'prerouting', order: 2 },
  INPUT: { hook: 'input', order: 3 },
  FORWARD: { hook: 'forward', order: 3 },
};

/** At one hook the tables come in this order (nf_ip_hook_priorities in linux/netfilter_ipv4.h). */
const TABLES = ['raw', 'mangle', 'nat', 'filter'];

/** Where a visit to a base chain stands on the way of a packet that a local process sends to another over lo. */
export function getVisit(chain: string, table: string): { hook: Step['hook']; rank: number } | null {
  const place = HOOKS[chain];
  return place === undefined ? null : { hook: place.hook, rank: place.order * TABLES.length + TABLES.indexOf(table) };
}
