import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { OtherFamilyError } from '../other-family-error.js';
import { RuleError } from '../rule-error.js';

/**
 * Reads one numeric address of the rule's family. The canonical form is that of iptables-save; for IPv6 this is RFC 5952. Names are
 * refused, because iptables looks them up on the network (10 s a rule). Leading zeros are refused, because iptables reads 127.010.0.1 as
 * octal.
 *
 * @param whole the text that a message quotes, if the address is part of something
 * @throws RuleError; OtherFamilyError for an address of the other family
 */
export function address(text: string, family: Family, whole: string = text): string {
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

function readIPv6(text: string, bare: string, family: Family, whole: string): string {
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

/**
 * Parses an IPv6 address. An IPv4 address at its end is converted to two groups first, because ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4.
 */
export function parseIPv6(text: string): ipaddr.IPv6 {
  const groups = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  return ipaddr.IPv6.parse(groups);
}
