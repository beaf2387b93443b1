import type { Network } from './network.js';
import type { Place } from './place.js';
import { resolveAddresses } from './resolve-addresses.js';
import { resolveInterfaces } from './resolve-interfaces.js';
import { resolveRoutes } from './resolve-routes.js';

/** Reads what a scenario says of interfaces, addresses and routes: what its clients and servers can stand on. */
export function resolveNetwork(scenario: Place): Network {
  const isSound = (...keys: string[]) => keys.every((key) => scenario.member(key).isSound);
  const interfaces = resolveInterfaces(scenario);
  const addresses = resolveAddresses(scenario, interfaces);
  const network = { interfaces, addresses, routes: [], isSound: isSound('interfaces', 'addresses') };
  return { ...network, routes: resolveRoutes(scenario, network), isSound: isSound('interfaces', 'addresses', 'routes') };
}
