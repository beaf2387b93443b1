/** One line for people: protocol, kind, source → destination, and what NAT made of those. */
export function describePacket({ headers, rewritten }) {
    const [way, later] = [describeWay(headers), describeWay(rewritten ?? headers)];
    return `${describeKind(headers)} ${way}${later === way ? '' : `, rewritten to ${later}`}`;
}
function describeKind({ family, protocol, tcp, icmp, payloadLength, fragment }) {
    if (tcp !== null) {
        return `tcp ${describeTcp(tcp, payloadLength)}`;
    }
    if (icmp !== null) {
        return `${family === 'ipv6' ? 'icmpv6' : 'icmp'} ${describeIcmp(icmp)}`;
    }
    return protocol === 'udp' ? `udp (${payloadLength} bytes${fragment === null ? '' : ', a fragment'})` : `protocol ${protocol}`;
}
function describeWay({ protocol, source, sourcePort, destination, destinationPort }) {
    return protocol === 'tcp' || protocol === 'udp'
        ? `${showEndpoint(source, sourcePort)} → ${showEndpoint(destination, destinationPort)}`
        : `${source} → ${destination}`;
}
function showEndpoint(address, port) {
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
function describeTcp({ syn, ack, rst, fin }, payloadLength) {
    if (rst) {
        return 'rst';
    }
    if (syn) {
        return ack ? 'syn-ack' : 'syn';
    }
    if (payloadLength > 0) {
        return `data (${payloadLength} bytes)`;
    }
    return fin ? 'fin' : 'ack';
}
const KINDS = {
    'echo-request': 'echo-request',
    'echo-reply': 'echo-reply',
    solicitation: 'neighbour-solicitation',
    advertisement: 'neighbour-advertisement',
};
function describeIcmp({ kind, type, code, name }) {
    return name ?? KINDS[kind] ?? `type ${type} code ${code}`;
}
