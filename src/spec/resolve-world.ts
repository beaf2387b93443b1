import type { ExpectedCounter, InterfaceSpec, WorldSpec } from '../model/scenario.js';
import type { Network } from './network.js';
import type { Place } from './place.js';
import { resolveCounters } from './resolve-counters.js';
import type { Outsiders } from './resolve-outsiders.js';
import { resolveSysctl } from './resolve-sysctl.js';

/** Puts together what a scenario's world has besides lo. */
export function resolveWorld(scenario: Place, network: Network, outsiders: Outsiders): { world: WorldSpec; counters: ExpectedCounter[] } {
  const interfaces = network.interfaces.map(({ name, link, addresses }): InterfaceSpec => ({
    name,
    link,
    addresses,
    outside: [...outsiders].filter(([, via]) => via === name).map(([address]) => address),
  }));
  const { addresses, routes } = network;
  const loopback = scenario.member('loopback').read<WorldSpec['loopback']>() ?? 'up';
  return {
    world: { loopback, interfaces, addresses, routes, sysctl: resolveSysctl(scenario, network) },
    counters: resolveCounters(scenario, network),
  };
}
