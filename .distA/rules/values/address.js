import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { OtherFamilyError } from '../other-family-error.js';
import { RuleError } from '../rule-error.js';
/**
 * One numeric address, of the rule's family; canonical as iptables-save prints it, which for IPv6 is RFC 5952.
 * Names are looked up on the network (10 s a rule), and iptables reads 127.010.0.1 as octal.
 *
 * @param whole what the message shall quote, where the address is part of something
 */
export function address(text, family, whole = text) {
    if (isIPv4(text)) {
        if (family === 'ipv6') {
            throw new OtherFamilyError(`${whole} is an IPv4 address, and the rule is IPv6: one rule has one family`);
        }
        return text;
    }
    const bare = text.replace(/^\[(.*)\]$/, '$1');
    if (isIPv6(bare)) {
        return readIPv6(text, bare, family, whole);
    }
    if (/^[\d.]+$/.test(text)) {
        throw new RuleError(`"${whole}" is not an IPv4 address: write all four numbers, 0 to 255, without leading zeros`);
    }
    throw new RuleError(`"${whole}" is not an address: only numeric addresses can be used, names are not looked up`);
}
function readIPv6(text, bare, family, whole) {
    if (bare.includes('%')) {
        throw new RuleError(`${whole} has a zone (%): iptables knows none, name the interface with -i or -o`);
    }
    const parsed = parseIPv6(bare);
    if (parsed.isIPv4MappedAddress()) {
        throw new RuleError(`${whole} is an IPv4 address in IPv6 form, which no packet carries: write ${parsed.toIPv4Address().toString()}`);
    }
    if (family === 'ipv4') {
        throw new OtherFamilyError(`${whole} is an IPv6 address, and the rule is IPv4: one rule has one family`);
    }
    if (text !== bare) {
        throw new RuleError(`write ${bare} without brackets`);
    }
    return parsed.toRFC5952String();
}
/** ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4, so the last four numbers are made two groups before. */
export function parseIPv6(text) {
    const groups = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
        const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
        return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    });
    return ipaddr.IPv6.parse(groups);
}
