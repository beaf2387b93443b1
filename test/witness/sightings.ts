// Where the packets of each probe were seen: nft sets that the kernel fills, in each namespace. They know a packet by the client's port.
import type { Place } from './place.js';

/** asked: requests; answered: what came back. sent: before OUTPUT; left: behind POSTROUTING; came: before PREROUTING; delivered: behind INPUT. */
type Sighting = `${'asked' | 'answered'}_${keyof typeof HOOKS}`;

export type Sightings = Record<Sighting, Set<number>>;

const HOOKS = {
  sent: 'hook output priority -2147483648',
  left: 'hook postrouting priority 2147483647',
  came: 'hook prerouting priority -2147483648',
  delivered: 'hook input priority 2147483647',
};
/** An echo has an identifier instead of a port. */
const PROTOCOLS = {
  port: {
    type: 'type inet_service',
    asked: 'meta l4proto { tcp, udp } add SET { th sport }',
    answered: 'meta l4proto { tcp, udp } add SET { th dport }',
  },
  echo: {
    type: 'typeof icmp id',
    asked: 'icmp type echo-request add SET { icmp id }',
    answered: 'icmp type echo-reply add SET { icmp id }',
  },
  echo6: {
    type: 'typeof icmpv6 id',
    asked: 'icmpv6 type echo-request add SET { icmpv6 id }',
    answered: 'icmpv6 type echo-reply add SET { icmpv6 id }',
  },
};

export async function watch(place: Place): Promise<void> {
  const lines = Object.entries(HOOKS).flatMap(([name, hook]) =>
    Object.entries(PROTOCOLS).flatMap(([protocol, { type, asked, answered }]) => [
      `set asked_${name}_${protocol} { ${type}; flags dynamic; }`,
      `set answered_${name}_${protocol} { ${type}; flags dynamic; }`,
      `chain ${name} { type filter ${hook}; }`,
      `chain ${name} { ${asked.replace('SET', `@asked_${name}_${protocol}`)}; }`,
      `chain ${name} { ${answered.replace('SET', `@answered_${name}_${protocol}`)}; }`,
    ]),
  );
  await place.run(['nft', '-f', '-'], `table inet witness {\n${lines.join('\n')}\n}\n`);
}

export async function readSightings(place: Place): Promise<Sightings> {
  const listed = await place.run(['nft', '-n', 'list', 'table', 'inet', 'witness']);
  const seen = Object.fromEntries(
    Object.keys(HOOKS).flatMap((hook) => [
      [`asked_${hook}`, new Set()],
      [`answered_${hook}`, new Set()],
    ]),
  ) as Sightings;
  for (const [, name, elements = ''] of listed.matchAll(/set (\w+)_\w+ \{[^{}]*elements = \{([^}]*)\}/g)) {
    elements.split(',').forEach((element) => seen[name as Sighting].add(Number(element)));
  }
  return seen;
}
