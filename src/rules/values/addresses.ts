import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Family, Negatable } from '../../model/rule.js';
import { ADDRESS_BITS } from '../../words/addresses.js';
import { OtherFamilyError, RuleError } from '../errors.js';

/** The most addresses of a list. Nobody writes a longer list by hand, and two lists in one rule are multiplied. */
const MOST = 256;

/** The prefix of all addresses of a family. iptables-save leaves it out. */
export const ANY_ADDRESS = { ipv4: '0.0.0.0/0', ipv6: '::/0' } satisfies Record<Family, string>;

/**
 * The addresses of -s or -d (iptables(8), -s). null is any address.
 *
 * @throws RuleError for a wrong address, too many addresses, or a negation that never matches
 */
export function addressList(text: string, negated: boolean, family: Family): (Negatable | null)[] {
  const elements = text.split(',');
  if (elements.length > MOST) {
    throw new RuleError(`${elements.length} addresses: at most ${MOST} are supported`);
  }
  return elements.map((element) => {
    const value = prefix(element, family);
    if (value !== ANY_ADDRESS[family]) {
      return { negated, value };
    }
    if (negated) {
      throw new RuleError(`! ${element} would never match`);
    }
    return null;
  });
}

/**
 * ADDRESS, ADDRESS/LENGTH or ADDRESS/MASK with a contiguous mask. The canonical form is ADDRESS/LENGTH.
 *
 * @throws RuleError if the address has bits below its prefix
 */
export function prefix(text: string, family: Family): string {
  const slash = text.indexOf('/');
  const host = address(slash === -1 ? text : text.slice(0, slash), family, text);
  const length = slash === -1 ? ADDRESS_BITS[family] : getLength(text.slice(slash + 1), family, text);
  if (length === ADDRESS_BITS[family]) {
    return `${host}/${length}`;
  }
  const network = address(getNetwork(`${host}/${length}`, family), family);
  if (network !== host) {
    throw new RuleError(`${text} has bits below its prefix: write ${network}/${length} (or ${host})`);
  }
  return `${host}/${length}`;
}

/** FIRST-LAST, or one address. The canonical form is always FIRST-LAST. */
export function addressRange(text: string, family: Family): string {
  const [first, last, ...rest] = text.split('-');
  if (first === undefined || rest.length > 0) {
    throw new RuleError(`"${text}" is not a range of addresses: write FIRST-LAST`);
  }
  const from = address(first, family, text);
  const to = address(last ?? first, family, text);
  if (isBefore(to, from)) {
    throw new RuleError(`"${text}" is reversed and would never match`);
  }
  return `${from}-${to}`;
}

/** A contiguous mask in the form of an address. */
export function maskAddress(text: string, family: Family): string {
  if (toPrefixLength(text, family) === null) {
    throw new RuleError(`"${text}" is not a contiguous mask, such as ${family === 'ipv4' ? '255.255.255.0' : 'ffff:ffff::'}`);
  }
  return address(text, family);
}

/**
 * Clears the bits below the prefix, as iptables does without a message. A text that is not an address with a mask stays as it is.
 *
 * @throws RuleError for a wrong mask
 */
export function clearHostBits(text: string, family: Family): string {
  const [host = '', mask] = text.split('/');
  if (mask === undefined || !(family === 'ipv4' ? isIPv4(host) : isIPv6(host))) {
    return text;
  }
  return `${getNetwork(`${host}/${getLength(mask, family, text)}`, family)}/${mask}`;
}

/**
 * Reads one numeric address of the rule's family. The canonical form is that of iptables-save; for IPv6 this is RFC 5952. Names are
 * refused, because iptables looks them up on the network (10 s a rule). Leading zeros are refused, because iptables reads 127.010.0.1 as
 * octal.
 *
 * @param whole the text that a message quotes, if the address is part of something
 * @throws RuleError; OtherFamilyError for an address of the other family
 */
function address(text: string, family: Family, whole: string = text): string {
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
function parseIPv6(text: string): ipaddr.IPv6 {
  const groups = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  return ipaddr.IPv6.parse(groups);
}

function getNetwork(cidr: string, family: Family): string {
  return (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(cidr).toString();
}

function getLength(mask: string, family: Family, text: string): number {
  if (/^(0|[1-9]\d{0,2})$/.test(mask) && Number(mask) <= ADDRESS_BITS[family]) {
    return Number(mask);
  }
  const length = toPrefixLength(mask, family);
  if (length !== null) {
    return length;
  }
  throw new RuleError(`"${text}": /${mask} is neither a prefix length from 0 to ${ADDRESS_BITS[family]} nor a contiguous mask`);
}

/** The prefix length of a mask in the form of an address. null if it is no mask, or is not contiguous. */
function toPrefixLength(mask: string, family: Family): number | null {
  if (family === 'ipv4') {
    return isIPv4(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
  }
  return isIPv6(mask) ? parseIPv6(mask).prefixLengthFromSubnetMask() : null;
}

function isBefore(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(ipaddr.parse(one).toByteArray()), Buffer.from(ipaddr.parse(other).toByteArray())) < 0;
}
