import { printFirstChain } from '../words/nft-chain.js';

/** loopfw's own table in a native rule set, in which every packet is marked for the kernel's trace. */
export const TRACE_TABLE = 'loopfw_trace';

const MARK = 'meta nftrace set 1';

/** On lo the mark that a packet gets on its way out stays on it. The chain without a rule shows that it came in, and what NAT made of it. */
const ON_LO = { output: [MARK], input: [] };
const ON_INTERFACES = { ...ON_LO, prerouting: [MARK], forward: [] };

/** The table's text, for the end of the same `nft -f` input: of equal priorities, its chains come last and are asked first. */
export function printTraceTable(hasInterfaces: boolean): string {
  const chains = Object.entries<string[]>(hasInterfaces ? ON_INTERFACES : ON_LO).map(([hook, rules]) => printFirstChain(hook, rules));
  return `table inet ${TRACE_TABLE} {\n${chains.join('')}}\n`;
}
