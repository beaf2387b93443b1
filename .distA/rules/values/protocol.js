import { RuleError } from '../rule-error.js';
import { didYouMean } from '../suggest-word.js';
/** Names that iptables knows by itself, canonical spelling first for each number. */
const OWN_NAMES = [
    [1, 'icmp'],
    [6, 'tcp'],
    [17, 'udp'],
    [50, 'esp'],
    [51, 'ah'],
    [58, 'ipv6-icmp'],
    [58, 'icmpv6'],
    [132, 'sctp'],
    [135, 'mh'],
    [135, 'ipv6-mh'],
    [136, 'udplite'],
];
/** Names of Debian's /etc/protocols. iptables reads and prints them only where that file is. */
const FILE_NAMES = [
    [2, 'igmp'],
    [3, 'ggp'],
    [4, 'ipencap'],
    [5, 'st'],
    [8, 'egp'],
    [9, 'igp'],
    [12, 'pup'],
    [20, 'hmp'],
    [22, 'xns-idp'],
    [27, 'rdp'],
    [29, 'iso-tp4'],
    [33, 'dccp'],
    [36, 'xtp'],
    [37, 'ddp'],
    [38, 'idpr-cmtp'],
    [41, 'ipv6'],
    [43, 'ipv6-route'],
    [44, 'ipv6-frag'],
    [45, 'idrp'],
    [46, 'rsvp'],
    [47, 'gre'],
    [57, 'skip'],
    [59, 'ipv6-nonxt'],
    [60, 'ipv6-opts'],
    [73, 'rspf'],
    [81, 'vmtp'],
    [88, 'eigrp'],
    [89, 'ospf'],
    [93, 'ax.25'],
    [94, 'ipip'],
    [97, 'etherip'],
    [98, 'encap'],
    [103, 'pim'],
    [108, 'ipcomp'],
    [112, 'vrrp'],
    [115, 'l2tp'],
    [124, 'isis'],
    [133, 'fc'],
    [135, 'mobility-header'],
    [137, 'mpls-in-ip'],
    [138, 'manet'],
    [139, 'hip'],
    [140, 'shim6'],
    [141, 'wesp'],
    [142, 'rohc'],
    [143, 'ethernet'],
];
const ANY = new Map([
    ['all', 0],
    ['ip', 0],
    ['hopopt', 0],
]);
const NUMBERS = new Map([...ANY, ...[...OWN_NAMES, ...FILE_NAMES].map(([number, name]) => [name, number])]);
/** The number of a protocol, by name or number. 0 stands for all of them. */
export function protocolNumber(text) {
    const number = /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : NUMBERS.get(text.toLowerCase());
    if (number !== undefined && number <= 255) {
        return String(number);
    }
    throw new RuleError(`"${text}" is not a protocol${didYouMean(text, [...NUMBERS.keys()])}: a name, or a number from 0 to 255`);
}
/** The canonical name of a protocol: iptables' own, else its number, which is understood with and without /etc/protocols. */
export function getProtocolName(number) {
    return OWN_NAMES.find(([own]) => own === Number(number))?.[1] ?? number;
}
/** A canonical name as people know it. */
export function showProtocol(name) {
    return FILE_NAMES.find(([number]) => String(number) === name)?.[1] ?? name;
}
/** IPv6 packets carry these as headers before the protocol, so that -p never sees them (ip6tables warns, and takes the rule). */
const EXTENSION_HEADERS = { 43: '-m rt', 44: '-m frag', 51: 'a match for it', 60: 'a match for it' };
/** The protocol of -p; null is any, which iptables-save leaves out. */
export function protocol(text, negated, family) {
    const number = protocolNumber(text);
    const instead = EXTENSION_HEADERS[number];
    if (family === 'ipv6' && !negated && instead !== undefined) {
        throw new RuleError(`-p ${text} never matches in IPv6, where it is an extension header: use ${instead}`);
    }
    if (number !== '0') {
        return { negated, value: getProtocolName(number) };
    }
    if (negated) {
        throw new RuleError(`! -p ${text} would never match`);
    }
    return null;
}
