/** iptables-extensions(8), rpfilter. */
export const rpfilter = {
    least: 0,
    most: 4,
    place: { tables: ['raw', 'mangle'], chains: ['PREROUTING'] },
    options: ['--loose', '--validmark', '--accept-local', '--invert'].map((flag) => ({ flag, values: [], negatable: false })),
};
