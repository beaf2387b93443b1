import ipaddr from 'ipaddr.js';
/** The world of a scenario that says nothing of it: lo alone. */
export const LO_ALONE = { interfaces: [], addresses: [], routes: [], isSound: true };
/** What lo has from the start. */
const LOOPBACK = ['127.0.0.0/8', '::1/128'];
/** The prefixes whose every address is the world's own. Of IPv4 an address of lo brings its whole prefix with it (measured; fib_add_ifaddr). */
export function getOwnPrefixes({ interfaces, addresses, routes }) {
    return [
        ...LOOPBACK,
        ...interfaces.flatMap((each) => each.addresses.map(toSingle)),
        ...addresses.map(({ address, interface: name }) => (name === 'lo' && !address.includes(':') ? address : toSingle(address))),
        ...routes.filter(({ type }) => type === 'local').map(({ prefix }) => prefix),
    ];
}
/** Whether the world itself has an address. */
export function hasAddress(network, address) {
    return getOwnPrefixes(network).some((prefix) => isIn(address, prefix));
}
/** The interface whose broadcast address it is; null where it is none. */
export function findBroadcaster({ interfaces, addresses }, address) {
    const all = [
        ['lo', '127.0.0.1/8'],
        ...interfaces.flatMap(({ name, addresses: own }) => own.map((prefix) => [name, prefix])),
        ...addresses.map(({ address: prefix, interface: name }) => [name, prefix]),
    ];
    return all.find(([, prefix = '']) => getBroadcast(prefix) === address)?.[0] ?? null;
}
/** The last address of an IPv4 prefix that has room for one (RFC 3021). */
export function getBroadcast(prefix) {
    return prefix.includes(':') || Number(prefix.split('/')[1]) > 30 ? null : ipaddr.IPv4.broadcastAddressFromCIDR(prefix).toString();
}
function isIn(address, prefix) {
    const [parsed, [network, length]] = [ipaddr.parse(address), ipaddr.parseCIDR(prefix)];
    return parsed.kind() === network.kind() && parsed.match(network, length);
}
function toSingle(prefix) {
    return `${prefix.split('/')[0]}/${prefix.includes(':') ? 128 : 32}`;
}
