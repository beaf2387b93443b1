import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Family, Negatable } from '../../model/rule.js';
import { ADDRESS_BITS } from '../../words/addresses.js';
import { OtherFamilyError, RuleError } from '../errors.js';
import { readInteger } from './numbers.js';

/** The most addresses of a list. Nobody writes a longer list by hand, and two lists in one rule are multiplied. */
const MOST = 256;

/** The prefix of all addresses of a family. iptables-save leaves it out. */
export const ANY_ADDRESS = { ipv4: '0.0.0.0/0', ipv6: '::/0' } satisfies Record<Family, string>;

/**
 * The addresses of -s or -d (iptables(8), -s). null is any address.
 *
 * @throws RuleError for a wrong address or too many addresses
 */
export function addressList(text: string, negated: boolean, family: Family): (Negatable | null)[] {
  const elements = text.split(',');
  if (elements.length > MOST) {
    throw new RuleError(`${elements.length} addresses: at most ${MOST} are supported`);
  }
  return elements.map((element) => {
    const value = network(element, family);
    return value === ANY_ADDRESS[family] && !negated ? null : { negated, value };
  });
}

/**
 * ADDRESS, ADDRESS/LENGTH or ADDRESS/MASK, as -s and -d read it: 10/8 is 10.0.0.0/8, a mask may have holes, and the bits below the mask are
 * cleared. The canonical form is ADDRESS/LENGTH, or ADDRESS/MASK for a mask with holes.
 */
export function network(text: string, family: Family): string {
  const [host = '', mask, ...rest] = text.split('/');
  const whole = padAddress(host, family);
  if (mask === undefined || rest.length > 0 || !isMaskWithHoles(mask, family)) {
    return clearedPrefix(whole + text.slice(host.length), family);
  }
  const bytes = parseBytes(mask);
  const kept = parseBytes(address(whole, family, text)).map((byte, place) => byte & (bytes[place] ?? 0));
  return `${ipaddr.fromByteArray(kept).toString()}/${ipaddr.fromByteArray(bytes).toString()}`;
}

/** Adds the missing numbers of an IPv4 address: 10.1 is 10.1.0.0, as iptables reads it. */
function padAddress(text: string, family: Family): string {
  const isShort = family === 'ipv4' && /^(?:(?:0|[1-9]\d{0,2})(?:\.|$)){1,3}$/.test(text) && !text.endsWith('.');
  return isShort ? [...text.split('.'), '0', '0', '0'].slice(0, 4).join('.') : text;
}

function isMaskWithHoles(mask: string, family: Family): boolean {
  return (family === 'ipv4' ? isIPv4(mask) : isIPv6(mask)) && toPrefixLength(mask, family) === null;
}

function parseBytes(text: string): number[] {
  return isIPv4(text) ? ipaddr.IPv4.parse(text).toByteArray() : parseIPv6(text).toByteArray();
}

/**
 * ADDRESS, ADDRESS/LENGTH or ADDRESS/MASK with a contiguous mask. The canonical form is ADDRESS/LENGTH.
 *
 * @throws RuleError if the address has bits below its prefix
 */
export function prefix(text: string, family: Family): string {
  const network = clearedPrefix(text, family);
  const host = address(text.split('/', 1)[0] ?? '', family, text);
  if (!network.startsWith(`${host}/`)) {
    throw new RuleError(`${text} has bits below its prefix: write ${network} (or ${host})`);
  }
  return network;
}

/** As `prefix`, but the bits below the prefix are cleared. */
export function clearedPrefix(text: string, family: Family): string {
  const slash = text.indexOf('/');
  const host = address(slash === -1 ? text : text.slice(0, slash), family, text);
  const length = slash === -1 ? ADDRESS_BITS[family] : getLength(text.slice(slash + 1), family, text);
  return length === ADDRESS_BITS[family] ? `${host}/${length}` : `${address(getNetwork(`${host}/${length}`, family), family)}/${length}`;
}

/** Makes a parser for addresses separated by commas. */
export function addressListOf(most: number): (text: string, family: Family) => string {
  return (text, family) => {
    const addresses = text.split(',').map((each) => address(each, family));
    if (addresses.length > most) {
      throw new RuleError(`${addresses.length} addresses: at most ${most} are possible`);
    }
    return addresses.join(',');
  };
}

/** FIRST-LAST, or one address. The canonical form is always FIRST-LAST. The first address may be the larger one. */
export function anyAddressRange(text: string, family: Family): string {
  const [first, last, ...rest] = text.split('-');
  if (first === undefined || rest.length > 0) {
    throw new RuleError(`"${text}" is not a range of addresses: write FIRST-LAST`);
  }
  return `${address(first, family, text)}-${address(last ?? first, family, text)}`;
}

/** As anyAddressRange. 10.1-10.2 is 10.1.0.0-10.2.0.0, as iprange reads it. */
export function paddedAddressRange(text: string, family: Family): string {
  return anyAddressRange(
    text
      .split('-')
      .map((part) => padAddress(part, family))
      .join('-'),
    family,
  );
}

/** Whether the first address of a canonical range is the larger one. */
export function isReversed(range: string): boolean {
  const [from = '', to = ''] = range.split('-');
  return isBefore(to, from);
}

/** A mask in the form of an address. It may have holes. */
export function maskAddress(text: string, family: Family): string {
  return address(text, family);
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
  const bits = readInteger(mask);
  if (bits !== null && bits <= ADDRESS_BITS[family]) {
    return Number(bits);
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
