/** RFC 792, RFC 1122 (3.2.2.1) and RFC 4443. */
const TYPES = {
    ipv4: {
        echoRequest: 8,
        echoReply: 0,
        unreachable: 3,
        names: {
            0: 'net-unreachable',
            1: 'host-unreachable',
            2: 'proto-unreachable',
            3: 'port-unreachable',
            9: 'net-prohibited',
            10: 'host-prohibited',
            13: 'admin-prohibited',
        },
    },
    ipv6: {
        echoRequest: 128,
        echoReply: 129,
        unreachable: 1,
        names: { 0: 'no-route', 1: 'adm-prohibited', 3: 'addr-unreachable', 4: 'port-unreachable', 5: 'policy-fail', 6: 'reject-route' },
    },
};
/** Of neighbours (RFC 4861). */
const DISCOVERY = { 135: 'solicitation', 136: 'advertisement' };
export function getIcmpKind(family, type) {
    const { echoRequest, echoReply } = TYPES[family];
    if (type === echoRequest) {
        return 'echo-request';
    }
    if (type === echoReply) {
        return 'echo-reply';
    }
    if (family === 'ipv6' && type in DISCOVERY) {
        return DISCOVERY[type] ?? 'other';
    }
    // ICMP: unreachable, source quench, redirect, time exceeded, parameter problem. ICMPv6: all below 128 are errors.
    return family === 'ipv6' ? (type < 128 ? 'error' : 'other') : [3, 4, 5, 11, 12].includes(type) ? 'error' : 'other';
}
export function getIcmpName(family, type, code) {
    const { unreachable, names } = TYPES[family];
    return type === unreachable ? (names[code] ?? null) : null;
}
