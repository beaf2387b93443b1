import type { Place } from './place.js';
import type { Clients } from './resolve-clients.js';
import type { Servers } from './resolve-servers.js';

/** Who stands outside of the world's interfaces: the interface of each address. */
export type Outsiders = Map<string, string>;

/** Finds who stands outside, and those of them who are said to be at two places. */
export function resolveOutsiders(scenario: Place, { servers, clients }: { servers: Servers | null; clients: Clients | null }): Outsiders {
  const outsiders: Outsiders = new Map();
  for (const [key, parties] of [
    ['servers', servers],
    ['clients', clients],
  ] as const) {
    for (const [name, party] of parties ?? []) {
      if (party === null || party.via === null) {
        continue;
      }
      const other = outsiders.get(party.address) ?? party.via;
      if (other !== party.via) {
        const place = scenario.member(key).member(name);
        place.member('via').complain(`${party.address} stands outside of ${other} already: it can be at one place`);
      }
      outsiders.set(party.address, other);
    }
  }
  return outsiders;
}
