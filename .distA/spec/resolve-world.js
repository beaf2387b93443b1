import { getMember, getSound } from './place.js';
import { resolveCounters } from './resolve-counters.js';
import { resolveSysctl } from './resolve-sysctl.js';
/** Puts together what a scenario's world has besides lo. */
export function resolveWorld(scenario, network, outsiders, problems) {
    const interfaces = network.interfaces.map(({ name, link, addresses }) => ({
        name,
        link,
        addresses,
        outside: [...outsiders].filter(([, via]) => via === name).map(([address]) => address),
    }));
    const { addresses, routes } = network;
    const loopback = getSound(getMember(scenario, 'loopback'), problems) ?? 'up';
    return {
        world: { loopback, interfaces, addresses, routes, sysctl: resolveSysctl(scenario, network, problems) },
        counters: resolveCounters(scenario, network, problems),
    };
}
