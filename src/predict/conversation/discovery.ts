import { findRoute } from '../world/network.js';
import { LINK_LOCAL, makeNeighbour, type Neighbour } from '../world/neighbour.js';
import type { Packet } from '../world/packet.js';
import { type Hop, makeLog, passHook, type World } from './hooks.js';

/**
 * Whether the rules let pass what finds the machines at the interfaces of a packet's way (RFC 4861): solicitations and advertisements, from
 * link-local addresses and from others.
 */
export function canDiscover({ source, destination }: Packet, from: string | null, world: World): boolean {
  const route = findRoute({ source: source.address, destination: destination.address, mark: 0, inInterface: from ?? 'lo' }, world.network);
  const interfaces = world.network.interfaces.filter(({ name }) => name === from || (route.to === 'machine' && name === route.by.name));
  return interfaces.every(({ name, addresses, machines }) => {
    const machine =
      machines.flatMap((each) => each.addresses).find((address) => address === source.address || address === destination.address) ??
      LINK_LOCAL;
    const own = addresses.find((address) => address.length === machine.length) ?? LINK_LOCAL;
    const isPassing = (neighbour: Neighbour, hops: Hop[]) => {
      const packet = makeNeighbour(neighbour);
      return hops.every((hop) => passHook(packet, hop, world, makeLog({ ...world, isTraced: false }, 'ipv6')).verdict === 'accept');
    };
    const out: Hop[] = (['output', 'postrouting'] as const).map((hook) => ({ hook, inInterface: '', outInterface: name }));
    const into: Hop[] = (['prerouting', 'input'] as const).map((hook) => ({ hook, inInterface: name, outInterface: '' }));
    return [own, LINK_LOCAL].every(
      (address) =>
        isPassing({ type: 'solicitation', from: address, to: machine }, out) &&
        isPassing({ type: 'advertisement', from: address, to: machine }, out) &&
        isPassing({ type: 'solicitation', from: machine, to: address }, into) &&
        isPassing({ type: 'advertisement', from: machine, to: address }, into),
    );
  });
}
