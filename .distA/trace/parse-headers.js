import ipaddr from 'ipaddr.js';
import { getIcmpKind, getIcmpName } from './icmp-names.js';
const TCP_FIN = 0x01;
const TCP_SYN = 0x02;
const TCP_RST = 0x04;
const TCP_ACK = 0x10;
const MORE_FRAGMENTS = 0x2000;
const FRAGMENT_OFFSET = 0x1fff;
/** As much of a transport header as the nft trace copies. */
const TRANSPORT_BYTES = 20;
/** IANA's numbers (/etc/protocols). */
const PROTOCOLS = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmp' };
/** Reads the headers of a traced packet: IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293), UDP (RFC 768), ICMP (RFC 792, RFC 4443). */
export function parseHeaders(family, raw) {
    const network = toView(raw.network);
    const ip = family === 'ipv4' ? parseIpv4(network) : parseIpv6(network);
    if (ip === null) {
        return null;
    }
    const isHeadless = ip.fragment !== null && !ip.fragment.isFirst;
    const transport = toView(isHeadless ? new Uint8Array() : raw.transport.subarray(0, TRANSPORT_BYTES));
    const protocol = PROTOCOLS[ip.protocol] ?? ip.protocol;
    const tcp = protocol === 'tcp' && transport.byteLength >= 20 ? parseTcp(transport) : null;
    const icmp = protocol === 'icmp' && transport.byteLength >= 8 ? parseIcmp(family, transport) : null;
    return {
        family,
        protocol,
        source: ip.source,
        destination: ip.destination,
        ...getPorts(protocol, icmp, transport),
        payloadLength: getPayloadLength(protocol, ip.length, transport),
        fingerprint: ip.fingerprint,
        tcp,
        icmp,
        // The transport header tells apart what the IP header cannot: the kernel sends SYN-ACK and RST with identification 0.
        key: `${ip.constant} ${toHex(transport)}`,
        // NAT comes to no parts: connection tracking puts them together first.
        looseKey: isHeadless ? ip.constant : getLooseKey(ip, tcp, icmp, transport),
        fragment: ip.fragment,
    };
}
function parseIpv4(view) {
    if (view.byteLength < 20) {
        return null;
    }
    return {
        protocol: view.getUint8(9),
        source: readAddress(view, 12, 4),
        destination: readAddress(view, 16, 4),
        length: view.getUint16(2) - (view.getUint8(0) & 0xf) * 4,
        fingerprint: getFingerprint('ipv4', view),
        constant: [slice(view, 0, 8), slice(view, 9, 10), slice(view, 12)].map(toHex).join(''),
        identification: view.getUint16(4),
        fragment: getFragment(view),
    };
}
/** Those of one packet share its identification, addresses and protocol (RFC 791, 2.3). */
function getFragment(ip) {
    const place = ip.getUint16(6) & (MORE_FRAGMENTS | FRAGMENT_OFFSET);
    const whole = [slice(ip, 4, 6), slice(ip, 9, 10), slice(ip, 12, 20)].map(toHex).join(' ');
    return place === 0 ? null : { whole, isFirst: (place & FRAGMENT_OFFSET) === 0 };
}
function parseIpv6(view) {
    if (view.byteLength < 40) {
        return null;
    }
    return {
        protocol: view.getUint8(6),
        source: readAddress(view, 8, 16),
        destination: readAddress(view, 24, 16),
        length: view.getUint16(4),
        fingerprint: getFingerprint('ipv6', view),
        constant: [slice(view, 0, 7), slice(view, 8)].map(toHex).join(''),
        identification: view.getUint32(0) & 0xfffff,
        fragment: null,
    };
}
/** IPv4: protocol, length, identification, and a checksum that covers the addresses. IPv6 has none of the latter two, but a flow label. */
function getFingerprint(family, ip) {
    return family === 'ipv4' ? `${getLooseFingerprint(family, ip)}/${getSumOfConstant(ip)}` : getLooseFingerprint(family, ip);
}
/** What NAT leaves of it. */
function getLooseFingerprint(family, ip) {
    return family === 'ipv4'
        ? [ip.getUint8(9), ip.getUint16(2), ip.getUint16(4)].join('/')
        : [ip.getUint8(6), ip.getUint16(4), ip.getUint32(0)].join('/');
}
/** What the header's checksum says of all but the time to live: it is the complement of a sum modulo 65535 (RFC 1071). */
function getSumOfConstant(ip) {
    const sum = ~ip.getUint16(10) & 0xffff;
    return (sum + 0xffff - (ip.getUint8(8) << 8)) % 0xffff;
}
function getLooseKey({ protocol, length, identification }, tcp, icmp, transport) {
    return [protocol, length, identification, getLooseContent(tcp, icmp, transport)].join('/');
}
/** Of TCP all but ports, of an ICMP error what it answers; else the bytes behind ports and checksum, and of ICMP what it is. */
function getLooseContent(tcp, icmp, transport) {
    if (tcp !== null) {
        return String(Object.values(tcp));
    }
    return [icmp?.type, icmp?.code, icmp?.looseEmbedded ?? toHex(slice(transport, 8))].join('/');
}
function parseTcp(view) {
    const flags = view.getUint8(13);
    return {
        sequence: view.getUint32(4),
        acknowledged: view.getUint32(8),
        syn: (flags & TCP_SYN) !== 0,
        ack: (flags & TCP_ACK) !== 0,
        rst: (flags & TCP_RST) !== 0,
        fin: (flags & TCP_FIN) !== 0,
    };
}
function parseIcmp(family, view) {
    const [type, code] = [view.getUint8(0), view.getUint8(1)];
    const kind = getIcmpKind(family, type);
    const embedded = kind === 'error' && view.byteLength >= 20 ? new DataView(view.buffer, view.byteOffset + 8, 12) : null;
    return {
        ...{ kind, type, code },
        name: getIcmpName(family, type, code),
        embedded: embedded && getFingerprint(family, embedded),
        looseEmbedded: embedded && getLooseFingerprint(family, embedded),
    };
}
function getPorts(protocol, icmp, view) {
    if ((protocol === 'tcp' || protocol === 'udp') && view.byteLength >= 4) {
        return { sourcePort: view.getUint16(0), destinationPort: view.getUint16(2) };
    }
    const identifier = icmp?.kind === 'echo-request' || icmp?.kind === 'echo-reply' ? view.getUint16(4) : 0;
    return { sourcePort: identifier, destinationPort: identifier };
}
function getPayloadLength(protocol, length, view) {
    if (protocol === 'tcp') {
        return view.byteLength < 13 ? 0 : length - (view.getUint8(12) >> 4) * 4;
    }
    return Math.max(0, length - 8);
}
function readAddress(view, offset, length) {
    const bytes = Array.from({ length }, (_, place) => view.getUint8(offset + place));
    return length === 4 ? bytes.join('.') : ipaddr.fromByteArray(bytes).toString();
}
function toView(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
function slice(view, from, to = view.byteLength) {
    const [first, last] = [Math.min(from, view.byteLength), Math.min(to, view.byteLength)];
    return new DataView(view.buffer, view.byteOffset + first, last - first);
}
function toHex(view) {
    return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');
}
