const TRACE = { how: 'jump', name: 'TRACE', options: [] };
/** Makes the kernel report what becomes of every packet. On lo each one passes OUTPUT once, and the mark stays on it. */
export const TRACING_ON_LO = [{ table: 'raw', chain: 'OUTPUT', rule: makeRule(TRACE) }];
/**
 * The same where packets come in by interfaces. What NAT makes of an answer is seen in the chains behind the routing decision, and so is
 * whether a packet came as far: these rules do nothing but have such chains be there.
 */
export const TRACING_ON_INTERFACES = [
    ...TRACING_ON_LO,
    { table: 'raw', chain: 'PREROUTING', rule: makeRule(TRACE) },
    { table: 'mangle', chain: 'INPUT', rule: makeRule(null) },
    { table: 'mangle', chain: 'FORWARD', rule: makeRule(null) },
];
function makeRule(target) {
    return { source: null, destination: null, inInterface: null, outInterface: null, protocol: null, matches: [], target };
}
