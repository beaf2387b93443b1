/** loopfw's own table in a native rule set, in which every packet is marked for the kernel's trace. */
export const TRACE_TABLE = 'loopfw_trace';

/** nft takes no priority below this one. Of equal ones the kernel asks the chain that came last first, and ours does. */
const FIRST_OF_ALL = -2147483648;

/**
 * Its text, for the end of the same `nft -f` input. On lo the mark that a packet gets at its output stays on it; what comes in by an
 * interface is marked there.
 */
export function printTraceTable(hasInterfaces: boolean): string {
  const hooks = hasInterfaces ? ['output', 'prerouting'] : ['output'];
  const chains = hooks.map(
    (hook) => `  chain ${hook} {\n    type filter hook ${hook} priority ${FIRST_OF_ALL};\n    meta nftrace set 1\n  }\n`,
  );
  return `table inet ${TRACE_TABLE} {\n${chains.join('')}}\n`;
}
