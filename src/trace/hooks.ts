import type { Step } from '../model/result.js';

type Hook = Step['hook'];

const BUILT_IN: Record<string, Hook> = {
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
};

/** The way of a packet that a local process sends, over lo to another or out by an interface; or that comes in by one. */
const ORDER: Record<Hook, number> = { output: 0, postrouting: 1, prerouting: 2, input: 3, forward: 3 };
/** What has come in and is forwarded goes out last of all. */
const POSTROUTING_OF_FORWARDED = 4;

/** At one hook the tables come in this order (nf_ip_hook_priorities in linux/netfilter_ipv4.h), but at INPUT nat is last. */
const TABLES = ['raw', 'mangle', 'nat', 'filter'];
const TABLES_AT_INPUT = ['raw', 'mangle', 'filter', 'nat'];

/** The hook of a built-in chain. */
export function getHook(chain: string): Hook | null {
  return BUILT_IN[chain] ?? null;
}

/**
 * How far a packet has come that is in a table's chain at a hook.
 *
 * @param reached how far it had come before
 */
export function getRank(hook: Hook, table: string, reached = -1): number {
  const isForwarded = hook === 'postrouting' && reached >= ORDER.prerouting * TABLES.length;
  const order = isForwarded ? POSTROUTING_OF_FORWARDED : ORDER[hook];
  return order * TABLES.length + (hook === 'input' ? TABLES_AT_INPUT : TABLES).indexOf(table);
}
