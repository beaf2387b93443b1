import ipaddr from 'ipaddr.js';
import { isIPv6Text } from './addresses.js';

/** The key of a scenario that gives the world an interface to the network in which a machine with this address usually is. */
export function writeInterface(name: string, address: string): string {
  const bytes = ipaddr.parse(address).toByteArray();
  const isIPv6 = isIPv6Text(address);
  const network = isIPv6 ? [...bytes.slice(0, 8), 0, 0, 0, 0, 0, 0, 0] : bytes.slice(0, 3);
  const own = [1, 2].map((last) => ipaddr.fromByteArray([...network, last]).toString()).find((each) => each !== address);
  return `"interfaces": { "${name}": { "addresses": ["${own}/${isIPv6 ? 64 : 24}"] } }`;
}
