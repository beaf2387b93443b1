/** iptables-extensions(8), socket. */
export const socket = {
    least: 0,
    most: 3,
    place: { chains: ['PREROUTING', 'INPUT'] },
    options: ['--transparent', '--nowildcard', '--restore-skmark'].map((flag) => ({ flag, values: [], negatable: false })),
};
