import { addAddress, isLocal } from '../../kernel/network/addresses.js';
import { bringUp } from '../../kernel/network/links.js';
import { addNeighbour } from '../../kernel/network/neighbours.js';
import { type RouteSocket, withRouteSocket } from '../../kernel/network/rtnetlink.js';
import { waitForKernel } from '../../kernel/network/wait.js';
import { ADDRESS_BITS, getFamily, isIPv6Text } from '../../words/addresses.js';
import { applySettings, getLinkSettings, type Settings } from './settings.js';

/**
 * Gives an interface of the calling thread's network namespace its settings and addresses, and brings it up.
 * @returns the settings that differ from the kernel's defaults
 */
export function setUp(name: string, addresses: string[]): Settings {
  const settings = applySettings(getLinkSettings(name, addresses));
  withRouteSocket((socket) => addresses.forEach((address) => addAddress({ address, interface: name, label: null }, socket)));
  bringUp(name);
  return settings;
}

/**
 * Adds permanent neighbour entries for IPv4, so that the kernel sends no ARP requests. No rule of iptables or of nft's inet families sees
 * ARP; a rule set with a table of arp takes them away again. Without the entries, an ARP request that was lost under load was repeated a second later. The packet of a control that waited for
 * the answer then met the rules, after the control had ended. IPv6 gets no entries, because rules do see its neighbour discovery.
 */
export function addNeighbours(addresses: string[], device: string, mac: string): void {
  const own = addresses.filter((address) => !isIPv6Text(address));
  withRouteSocket((socket) => own.forEach((address) => addNeighbour(address, device, mac, socket)));
}

/** Waits until the addresses of the calling thread's namespace receive packets. Their interfaces must be up, with a carrier. */
export function waitForAddresses(addresses: string[], socket: RouteSocket): void {
  for (const address of addresses) {
    waitForKernel(`address ${address}`, () => isLocal(address, socket));
  }
}

/** The prefix of one address: /32 or /128. */
export function toPrefix(address: string): string {
  return `${address}/${ADDRESS_BITS[getFamily(address)]}`;
}
