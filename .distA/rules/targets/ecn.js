/** iptables-extensions(8), ECN. */
export const ecn = {
    families: ['ipv4'],
    protocols: ['tcp'],
    least: 1,
    most: 1,
    place: { tables: ['mangle'] },
    options: [{ flag: '--ecn-tcp-remove', values: [], negatable: false }],
};
