import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { RuleError } from '../rule-error.js';
import { address, parseIPv6 } from './address.js';
const BITS = { ipv4: 32, ipv6: 128 };
/** An address, address/length or address/mask with a contiguous mask; canonical is address/length, without bits below the prefix. */
export function prefix(text, family) {
    const slash = text.indexOf('/');
    const host = address(slash === -1 ? text : text.slice(0, slash), family, text);
    const length = slash === -1 ? BITS[family] : getLength(text.slice(slash + 1), family, text);
    const network = address(getNetwork(`${host}/${length}`, family), family);
    if (network !== host) {
        throw new RuleError(`${text} has bits below its prefix: write ${network}/${length} (or ${host})`);
    }
    return `${host}/${length}`;
}
/** The same with the bits below the prefix cleared, as iptables does without a word; what is no address stays as it is. */
export function clearHostBits(text, family) {
    const [host = '', mask] = text.split('/');
    if (mask === undefined || !(family === 'ipv4' ? isIPv4(host) : isIPv6(host))) {
        return text;
    }
    return `${getNetwork(`${host}/${getLength(mask, family, text)}`, family)}/${mask}`;
}
function getNetwork(cidr, family) {
    return (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
}
function getLength(mask, family, text) {
    if (/^(0|[1-9]\d{0,2})$/.test(mask) && Number(mask) <= BITS[family]) {
        return Number(mask);
    }
    const length = toPrefixLength(mask, family);
    if (length !== null) {
        return length;
    }
    throw new RuleError(`"${text}": /${mask} is neither a prefix length from 0 to ${BITS[family]} nor a contiguous mask`);
}
/** How long a prefix a mask that is written as an address leaves; null where it has holes, or is none. */
export function toPrefixLength(mask, family) {
    if (family === 'ipv4') {
        return isIPv4(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
    }
    return isIPv6(mask) ? parseIPv6(mask).prefixLengthFromSubnetMask() : null;
}
