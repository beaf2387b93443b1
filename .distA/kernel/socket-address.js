import ipaddr from 'ipaddr.js';
// bits/socket.h
export const ADDRESS_FAMILIES = { ipv4: 2, ipv6: 10 };
/** A sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)). */
export function makeSocketAddress(family, address, port) {
    const bytes = ipaddr.parse(address).toByteArray();
    const result = Buffer.alloc(family === 'ipv4' ? 16 : 28);
    result.writeUInt16LE(ADDRESS_FAMILIES[family], 0);
    result.writeUInt16BE(port, 2);
    result.set(bytes, family === 'ipv4' ? 4 : 8);
    return result;
}
/** An address with or without a prefix length, in bytes. */
export function parsePrefix(text) {
    const [address = '', length] = text.split('/');
    const bytes = Buffer.from(ipaddr.parse(address).toByteArray());
    return { family: bytes.length === 4 ? 'ipv4' : 'ipv6', bytes, length: length === undefined ? bytes.length * 8 : Number(length) };
}
