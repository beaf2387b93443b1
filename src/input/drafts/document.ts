import type { Protocol } from '../../model/result.js';
import { getFamily, isIPv6Text, printEndpoint } from '../../words/addresses.js';
import { isLoopback } from './hosts.js';
import { type DraftNetwork, findNear, getForwarding, hasOwn } from './network.js';
import type { Way } from './ways.js';

/** A client of a draft. */
export interface DraftClient {
  name: string;
  address: string;
  /** null: the world itself. */
  via: string | null;
}

/** A server of a draft. */
export interface DraftServer extends DraftClient {
  protocol: 'tcp' | 'udp' | 'http';
  port: number;
}

/** The parts of a scenario file that say what is around the rules. */
export type World = Record<string, unknown>;

/** The keys of a scenario for a drafted network. Forwarding is on, as on a router: the rules of FORWARD decide. */
export function makeWorld({ interfaces, outer }: DraftNetwork, asksForRoutes: boolean): World {
  const list = (wanted: string) =>
    Object.fromEntries(interfaces.filter(({ kind }) => kind === wanted).map(({ name, addresses }) => [name, { addresses }]));
  const addresses = interfaces.flatMap((each) => each.addresses);
  const outerAddresses = interfaces.find(({ name }) => name === outer)?.addresses ?? [];
  const prefixes = new Set(outerAddresses.map((address) => (isIPv6Text(address) ? '::/0' : '0.0.0.0/0')));
  return {
    interfaces: list('interfaces'),
    bridges: list('bridges'),
    sysctl: interfaces.length > 1 ? getForwarding(addresses) : {},
    routes: asksForRoutes ? [...prefixes].map((prefix) => `${prefix} dev ${outer}`) : [],
  };
}

export function writeClient({ address, via }: DraftClient): unknown {
  return via === null ? address : { address, via };
}

export function writeServer({ protocol, address, port, via }: Omit<DraftServer, 'name'>): unknown {
  return via === null ? `${protocol}://${printEndpoint(address, port)}` : { protocol, address, port, via };
}

/**
 * The servers to which rules translate connections for a port.
 * @param address the address that the client asks
 */
export function listTranslated(
  ways: Way[],
  network: DraftNetwork,
  { protocol, address, port }: { protocol: Protocol; address: string; port: number },
): Omit<DraftServer, 'name'>[] {
  const transport = protocol === 'http' ? 'tcp' : protocol;
  if (protocol === 'icmp' || transport === 'icmp') {
    return [];
  }
  return ways.flatMap(({ family, conditions, action }) => {
    const { protocols, ports } = conditions;
    const isMet =
      family === getFamily(address) &&
      (protocols.length === 0 || protocols.includes(transport)) &&
      (ports.length === 0 || ports.includes(port));
    if (action.kind !== 'translate' || !isMet) {
      return [];
    }
    const target = action.address ?? address;
    const isOwn = isLoopback(target) || hasOwn(network, target);
    const near = isOwn ? null : findNear(network, target, false);
    return [{ protocol, address: target, port: action.port ?? port, via: isOwn ? null : (near?.name ?? network.outer) }];
  });
}
