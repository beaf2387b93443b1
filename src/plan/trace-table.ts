import { printFirstChain, printObserverChains, TRACE_TABLE } from '../words/nft-chain.js';

const MARK = 'meta nftrace set 1';

/**
 * The rules of each hook on lo. The mark that a packet gets at the output hook stays on it. The empty input chain shows that the packet
 * came in, and what NAT made of it.
 */
const ON_LO = { output: [MARK], input: [] };
const ON_INTERFACES = { ...ON_LO, prerouting: [MARK], forward: [] };

/**
 * The text of loopfw's own table in a native rule set. It goes to the end of the same `nft -f` input: of chains with equal priority, the
 * last one is called first.
 * @param isObserved whether the observer's chains are part of it
 * @param marks whether packets are marked here
 */
export function printTraceTable(hasInterfaces: boolean, isObserved: boolean, marks: boolean): string {
  const chains = Object.entries<string[]>(hasInterfaces ? ON_INTERFACES : ON_LO).map(([hook, rules]) =>
    printFirstChain(hook, marks ? rules : []),
  );
  return `table inet ${TRACE_TABLE} {\n${chains.join('')}${isObserved ? printObserverChains() : ''}}\n`;
}
