/** loopfw's own table in a native rule set, in which every packet is marked for the kernel's trace. */
export const TRACE_TABLE = 'loopfw_trace';
/** nft takes no priority below this one. Of equal ones the kernel asks the chain that came last first, and ours does. */
const FIRST_OF_ALL = -2147483648;
const MARK = 'meta nftrace set 1';
/** On lo the mark that a packet gets on its way out stays on it. The chain without a rule shows that it came in, and what NAT made of it. */
const ON_LO = { output: [MARK], input: [] };
const ON_INTERFACES = { ...ON_LO, prerouting: [MARK], forward: [] };
/** The table's text, for the end of the same `nft -f` input. */
export function printTraceTable(hasInterfaces) {
    const chains = Object.entries(hasInterfaces ? ON_INTERFACES : ON_LO).map(([hook, rules]) => {
        const lines = [`type filter hook ${hook} priority ${FIRST_OF_ALL};`, ...rules];
        return `  chain ${hook} {\n${lines.map((line) => `    ${line}\n`).join('')}  }\n`;
    });
    return `table inet ${TRACE_TABLE} {\n${chains.join('')}}\n`;
}
