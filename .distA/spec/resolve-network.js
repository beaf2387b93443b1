import { getMember } from './place.js';
import { resolveAddresses } from './resolve-addresses.js';
import { resolveInterfaces } from './resolve-interfaces.js';
import { resolveRoutes } from './resolve-routes.js';
/** Reads what a scenario says of interfaces, addresses and routes: what its clients and servers can stand on. */
export function resolveNetwork(scenario, problems) {
    const isSound = (...keys) => keys.every((key) => !problems.isTouched(getMember(scenario, key).pointer));
    const interfaces = resolveInterfaces(scenario, problems);
    const addresses = resolveAddresses(scenario, interfaces, problems);
    const network = { interfaces, addresses, routes: [], isSound: isSound('interfaces', 'addresses') };
    return { ...network, routes: resolveRoutes(scenario, network, problems), isSound: isSound('interfaces', 'addresses', 'routes') };
}
