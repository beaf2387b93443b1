/** iptables-extensions(8), eui64. */
export const eui64 = {
    families: ['ipv6'],
    least: 0,
    most: 0,
    place: { chains: ['PREROUTING', 'INPUT', 'FORWARD'] },
    options: [],
};
