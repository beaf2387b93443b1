/** iptables(8), TARGETS. */
export const accept = { options: [], least: 0, most: 0 };
/** iptables says of nat: "not intended for filtering, the use of DROP is therefore inhibited". */
export const drop = { ...accept, place: { tables: ['raw', 'mangle', 'filter'] } };
export const returnTarget = { ...accept };
