import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { RuleError } from '../rule-error.js';

/** a.b.c.d, a.b.c.d/len or a.b.c.d/mask with a contiguous mask; canonical is a.b.c.d/len, without bits below the prefix. */
export function prefix(text: string): string {
  const slash = text.indexOf('/');
  const address = slash === -1 ? text : text.slice(0, slash);
  assertAddress(address, text);
  const length = slash === -1 ? 32 : getLength(text.slice(slash + 1), text);
  const network = ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`).toString();
  if (network !== address) {
    throw new RuleError(`${text} has bits below its prefix: write ${network}/${length} (or ${address})`);
  }
  return `${address}/${length}`;
}

/** Only four decimal numbers: names are looked up on the network (10 s a rule), and iptables reads 127.010.0.1 as octal. */
export function assertAddress(address: string, text: string): void {
  if (isIPv4(address)) {
    return;
  }
  if (isIPv6(address.replace(/^\[|\]$/g, ''))) {
    throw new RuleError(`${text} is an IPv6 address: IPv6 rules are not supported`);
  }
  if (/^[\d.]+$/.test(address)) {
    throw new RuleError(`"${text}" is not an IPv4 address: write all four numbers, 0 to 255, without leading zeros`);
  }
  throw new RuleError(`"${text}" is not an address: only numeric IPv4 addresses can be used, names are not looked up`);
}

function getLength(mask: string, text: string): number {
  if (/^(\d|[12]\d|3[0-2])$/.test(mask)) {
    return Number(mask);
  }
  const length = isIPv4(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
  if (length !== null) {
    return length;
  }
  throw new RuleError(`"${text}": /${mask} is neither a prefix length from 0 to 32 nor a contiguous mask`);
}
