/** loopfw's own table in a native rule set. It marks every packet for the kernel's trace. */
export const TRACE_TABLE = 'loopfw_trace';

/**
 * The lowest priority that nft accepts. Of chains with equal priority, the kernel calls the one that was added last first. This is loopfw's
 * chain.
 */
const FIRST_OF_ALL = -2147483648;

const MARK = 'meta nftrace set 1';

/**
 * The rules of each hook on lo. The mark that a packet gets at the output hook stays on it. The empty input chain shows that the packet
 * came in, and what NAT made of it.
 */
const ON_LO = { output: [MARK], input: [] };
const ON_INTERFACES = { ...ON_LO, prerouting: [MARK], forward: [] };

/** The text of the table, which goes to the end of the same `nft -f` input. */
export function printTraceTable(hasInterfaces: boolean): string {
  const chains = Object.entries<string[]>(hasInterfaces ? ON_INTERFACES : ON_LO).map(([hook, rules]) => {
    const lines = [`type filter hook ${hook} priority ${FIRST_OF_ALL};`, ...rules];
    return `  chain ${hook} {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
  });
  return `table inet ${TRACE_TABLE} {\n${chains.join('')}}\n`;
}
