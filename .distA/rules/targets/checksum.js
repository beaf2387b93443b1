/** iptables-extensions(8), CHECKSUM. */
export const checksum = {
    least: 1,
    most: 1,
    place: { tables: ['mangle'] },
    options: [{ flag: '--checksum-fill', values: [], negatable: false }],
};
