import { listClasses } from '../../predict/difference/intervals.js';
import { listClientPorts, listPorts } from '../../predict/difference/ports.js';
import { type Ends, type ComparedWorld, listEnds } from '../../input/drafts/compared/comparison.js';
import type { ComparedPacket } from '../../model/diff.js';
import type { Family } from '../../model/rule.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import { ADDRESS_BITS } from '../../words/addresses.js';

/** A function of a packet's number, so that not all packets are held at once. */
export interface PacketList {
  count: number;
  get: (place: number) => ComparedPacket;
}

/** The packets that can differ: one of each class of addresses and ports that no rule tells apart, at each pair of ends. */
export function listPackets(world: ComparedWorld, family: Family, ruleSets: ReadRuleSet[]): PacketList {
  const addresses = listClasses(ruleSets, ['source', 'destination'], (1n << BigInt(ADDRESS_BITS[family])) - 1n);
  const ends = listEnds(world, family, addresses);
  const all = listServices(ruleSets);
  return {
    count: ends.length * all.length,
    get: (place) => toPacket(ends[Math.floor(place / all.length)], all[place % all.length]),
  };
}

/** A packet without its ends. */
type Service = Pick<ComparedPacket, 'protocol' | 'listens' | 'clientPort' | 'port'>;

/** What packets can ask for between any two ends: ports that no rule tells apart count once. */
export function listServices(ruleSets: ReadRuleSet[]): Service[] {
  const ports = listPorts(ruleSets);
  const clientPorts = listClientPorts(ruleSets);
  const services = (['tcp', 'udp'] as const).flatMap((protocol) =>
    [true, false].flatMap((listens) => clientPorts.flatMap((clientPort) => ports.map((port) => ({ protocol, listens, clientPort, port })))),
  );
  return [...services, { protocol: 'icmp' as const, listens: false, clientPort: null, port: null }];
}

export function toPacket(ends: Ends | undefined, kind: Service | undefined): ComparedPacket {
  if (ends === undefined || kind === undefined) {
    throw new RangeError('no such packet');
  }
  const { from, to } = ends;
  return { ...kind, from: from.address, inInterface: from.via, to: to.address, outInterface: to.via };
}
