import { LAST_OF_ALL, OBSERVER_CHAINS, TRACE_TABLE } from '../../words/nft-chain.js';
import { type NewChain, replaceTable } from '../netlink/nft-batch.js';
import { setTrace } from '../netlink/nft-expressions.js';

/** A chain without a hook, which no packet visits. */
const SWITCH_CHAIN = 'switch';

/**
 * Adds the observer's chains to the calling thread's network namespace, by netlink: nft(8) takes 10 ms. iptables-save and
 * iptables-legacy-save do not show a table of the family inet. Chains that are there already are replaced in the same transaction.
 *
 * A chain that no packet visits has a rule `meta nftrace set 1`. The kernel writes nft's trace only while such a rule exists, and a TRACE
 * rule of the legacy back end is none.
 *
 * @returns whether the kernel has them; false for a kernel without nf_tables
 */
export function addObserverTable(): boolean {
  const observers = Object.entries(OBSERVER_CHAINS).map(([name, hook]): NewChain => ({
    name,
    hook: { name: hook, priority: LAST_OF_ALL },
    rules: [],
  }));
  return replaceTable(TRACE_TABLE, [...observers, { name: SWITCH_CHAIN, hook: null, rules: [setTrace()] }]);
}
