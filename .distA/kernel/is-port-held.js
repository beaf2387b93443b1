import { endianness } from 'node:os';
import ipaddr from 'ipaddr.js';
/** What stands in the column st (net/tcp_states.h): TCP_LISTEN, and for a UDP socket that is not connected TCP_CLOSE. */
const STATES = { tcp: '0A', udp: '07' };
/** Whether a table of /proc/net (tcp, tcp6, udp, udp6) has a server at a port: at that address, or at all of them. */
export function isPortHeld(table, protocol, address, port) {
    const places = listPlaces(address).map((place) => `${place}:${port.toString(16).toUpperCase().padStart(4, '0')}`);
    return table.split('\n').some((line) => {
        const [, local = '', , state] = line.trim().split(/\s+/);
        return state === STATES[protocol] && places.includes(local);
    });
}
/** As the tables have it: an address of its own family, or IPv4 by IPv6 sockets, which take both (IPV6_V6ONLY). */
function listPlaces(address) {
    const parsed = ipaddr.parse(address);
    const addresses = parsed instanceof ipaddr.IPv4 ? [parsed, ipaddr.IPv4.parse('0.0.0.0'), parsed.toIPv4MappedAddress()] : [parsed];
    return [...addresses, ipaddr.IPv6.parse('::')].map((each) => toHex(each.toByteArray()));
}
/** Words of 32 bits as this machine has them in memory. */
function toHex(bytes) {
    const words = Array.from({ length: bytes.length / 4 }, (_, place) => bytes.slice(place * 4, place * 4 + 4));
    return words
        .flatMap((word) => (endianness() === 'LE' ? word.toReversed() : word))
        .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
        .join('');
}
