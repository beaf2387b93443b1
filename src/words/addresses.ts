import type { NatDestination } from '../model/plan.js';
import type { Family } from '../model/rule.js';

/** The names of the families in messages. */
export const FAMILY_NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const satisfies Record<Family, string>;

/** The number of bits in an address. */
export const ADDRESS_BITS = { ipv4: 32, ipv6: 128 } as const satisfies Record<Family, number>;

/** Whether an address or a prefix is IPv6: only IPv6 has colons. The text must be a valid address or prefix. */
export function isIPv6Text(address: string): boolean {
  return address.includes(':');
}

export function getFamily(address: string): Family {
  return isIPv6Text(address) ? 'ipv6' : 'ipv4';
}

/** Whether two addresses or prefixes belong to the same family. */
export function isSameFamily(one: string, other: string): boolean {
  return isIPv6Text(one) === isIPv6Text(other);
}

/**
 * Whether a server on this address listens on every address of its family. A second bind() on the same port then fails with EADDRINUSE, in
 * either order (measured).
 */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** `127.0.0.1:80`, `[::1]:80` */
export function printEndpoint(address: string, port: number): string {
  return isIPv6Text(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Splits `127.0.0.1:80`, `[::1]:80`, `127.0.0.1` and `::1`. The port is 0 where there is none. */
export function splitEndpoint(end: string): { address: string; port: number } {
  const { address = end, port = '0' } =
    (/^\[(?<address>.*)\]:(?<port>\d+)$/.exec(end) ?? /^(?<address>[^:]*):(?<port>\d+)$/.exec(end))?.groups ?? {};
  return { address, port: Number(port) };
}

/**
 * Reads a destination of NAT, as iptables and nft write it: `192.0.2.2:80`, `192.0.2.2-192.0.2.9`, `[2001:db8::2]:80`. null if it has a
 * port only.
 */
export function parseNatDestination(text: string): NatDestination | null {
  if (/^:\d+(?:-\d+)?(?:\/\d+)?$/.test(text)) {
    return null;
  }
  const [, bracketed] = /^\[([^\]]*)\]/.exec(text) ?? [];
  const hasColons = text.split(':').length > 2;
  const [first = '', last = first] = (bracketed ?? (hasColons ? text : text.replace(/:.*$/, ''))).split('-');
  return { text, first, last };
}
