import type { Family } from '../model/rule.js';

/** How a family is called. */
export const FAMILY_NAMES = { ipv4: 'IPv4', ipv6: 'IPv6' } as const satisfies Record<Family, string>;

/** How many bits an address has. */
export const ADDRESS_BITS = { ipv4: 32, ipv6: 128 } as const satisfies Record<Family, number>;

/** Whether an address or a prefix is IPv6: of the two, only IPv6 is written with colons. That it is one at all has been checked before. */
export function isIPv6Text(address: string): boolean {
  return address.includes(':');
}

export function getFamily(address: string): Family {
  return isIPv6Text(address) ? 'ipv6' : 'ipv4';
}

/** Whether two addresses or prefixes are of one family. */
export function isSameFamily(one: string, other: string): boolean {
  return isIPv6Text(one) === isIPv6Text(other);
}

/**
 * Whether a server there listens on every address of its family. To the kernel a second bind() is EADDRINUSE then, in whichever order
 * (measured).
 */
export function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** `127.0.0.1:80`, `[::1]:80` */
export function printEndpoint(address: string, port: number): string {
  return isIPv6Text(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
