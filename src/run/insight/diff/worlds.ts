import type { ComparedWorld } from '../../../input/drafts/compared/comparison.js';
import type { ComparedPacket } from '../../../model/insight/diff.js';
import { InternalError } from '../../../model/errors.js';
import type { Scenario } from '../../../model/scenario.js';
import type { Probe } from '../../../predict/conversation/conversation.js';
import { describeAddress, describeNetwork, describePorts, moveNetwork } from '../../../predict/difference/shape.js';
import { toNetwork } from '../../../predict/network.js';
import { toProbe } from '../../../predict/scenario.js';
import type { Listener, Network } from '../../../predict/world/network.js';
import type { Ports } from '../../../predict/world/packet.js';
import type { PacketKind } from './packets.js';
import { findTargets, getProbe, IDLE_PORT, isServed, makeScenario, PING_ON_LO, SERVER } from '../document.js';

/** The users of loopfw's own clients and servers: who runs it is not known to the comparison. */
const OWN = { user: null, group: null };

/** A world, and those that differ from it only in the addresses of the two ends and in ports. */
export interface WorldShape {
  /** It is the same for all of these worlds, in every comparison. */
  key: string;
  makeProbe: (packet: ComparedPacket) => Probe;
  makeNetwork: (packet: ComparedPacket, probe: Probe) => Network;
  /** What decides about the ports of a packet, beside rules. */
  describePorts: (packet: PacketKind) => string;
}

/** A scenario, and the worlds that differ from it in the ends of the packet and in the server where the packet goes. */
interface Base {
  scenario: Scenario;
  network: Network;
  probe: Probe;
  /** Of the servers to which rules translate: whether they listen on the port of the packet. */
  isAtPort: boolean[];
}

/** The worlds of packets, as the evaluator asks about them. To read a scenario takes a millisecond, so many worlds are made from one. */
export class Worlds {
  readonly #compared: ComparedWorld;
  readonly #bases = new Map<string, Base | null>();
  readonly #shapes = new Map<string, WorldShape | null>();
  readonly #places = new Map<string, string>();
  readonly #kinds = new Map<string, { text: string; servers: { address: string; port: number | null }[] }>();
  /** A world without machines; null if no world can have the interfaces that the rules name. */
  readonly #empty: Network | null;
  readonly #named: string[];

  constructor(compared: ComparedWorld) {
    this.#compared = compared;
    const scenario = makeScenario(PING_ON_LO, compared, []);
    this.#empty = scenario && toNetwork(scenario);
    this.#named = compared.ways.flatMap(({ action }) => (action.kind === 'translate' && action.address !== null ? [action.address] : []));
  }

  /** Where the ends of a packet are. Pairs with the same text have worlds of the same shapes. */
  describeEnds({ from, to, inInterface, outInterface }: ComparedPacket): string {
    return JSON.stringify([inInterface, outInterface, this.#describe(from), this.#describe(to), from === to]);
  }

  /** What a world has for a packet, beside the ends: packets with the same texts of both kinds have worlds of one shape. */
  describeKind(packet: ComparedPacket): string {
    const { protocol, port, listens, to } = packet;
    const text = [protocol, port, listens, to].join(' ');
    const known = this.#kinds.get(text) ?? {
      text: JSON.stringify([protocol, isServed(packet), port === IDLE_PORT, this.#describeTargets(packet)]),
      servers: [{ address: to, port }, ...findTargets(packet, this.#compared)],
    };
    this.#kinds.set(text, known);
    return isAtServer(packet, known.servers) ? `${known.text} at a server` : known.text;
  }

  /** What the kinds of packets to an address depend on beside it: a client may be where rules translate to. */
  describeClient({ from, to }: ComparedPacket): string {
    return from === to || this.#named.includes(from) ? from : '';
  }

  /** @param ends @param kind its descriptions. null: no world can have the packet. */
  find(ends: string, kind: string, packet: ComparedPacket): WorldShape | null {
    const text = `${ends} ${kind}`;
    const known = this.#shapes.get(text);
    const shape = known === undefined ? this.#make(ends, packet) : known;
    this.#shapes.set(text, shape);
    return shape;
  }

  #describeTargets(packet: ComparedPacket): unknown[] {
    const { port, to } = packet;
    return findTargets(packet, this.#compared).map(({ address, port: own, via }) => [
      address === to ? 'own' : address,
      own === port ? 'own' : own,
      via,
    ]);
  }

  #describe(address: string): string {
    const known = this.#places.get(address) ?? (this.#empty === null ? '' : describeAddress(address, this.#empty, this.#named));
    this.#places.set(address, known);
    return known;
  }

  #make(ends: string, first: ComparedPacket): WorldShape | null {
    const servers = [{ address: first.to, port: first.port }, ...findTargets(first, this.#compared)];
    const text = JSON.stringify([ends, this.#describeTargets(first), isAtServer(first, servers)]);
    const known = this.#bases.get(text);
    const base = known === undefined && this.#empty !== null ? this.#makeBase(first) : (known ?? null);
    this.#bases.set(text, base);
    if (base === null) {
      return null;
    }
    const makeProbe = (packet: ComparedPacket) => toOwnProbe(base.scenario, packet);
    const makeNetwork = (packet: ComparedPacket, probe: Probe): Network => {
      const network = moveNetwork(base.network, base.probe, probe);
      return { ...network, listeners: listListeners(network.listeners, base.isAtPort, packet, probe) };
    };
    const probe = makeProbe(first);
    const { source: _source, destination: _destination, ...rest } = probe;
    return {
      key: JSON.stringify([ends, describeNetwork(makeNetwork(first, probe), probe), rest, base.isAtPort]),
      ...{ makeProbe, makeNetwork },
      describePorts: ({ clientPort, port }) => {
        const listeners = listListeners(base.network.listeners, base.isAtPort, { ...first, port }, probe);
        return describePorts([toPorts(clientPort), toPorts(port)], listeners);
      },
    };
  }

  #makeBase(packet: ComparedPacket): Base | null {
    const scenario = makeScenario(packet, this.#compared, []);
    if (scenario === null) {
      return null;
    }
    const network = toNetwork(scenario);
    const listeners = network.listeners.filter((_, place) => scenario.servers[place]?.name !== SERVER);
    const isAtPort = listeners.map(({ ports }) => ports[0] === packet.port);
    return { scenario, network: { ...network, listeners }, probe: toOwnProbe(scenario, packet), isAtPort };
  }
}

/** The server where a packet goes comes first, then those to which rules translate. */
function listListeners(targets: Listener[], isAtPort: boolean[], packet: ComparedPacket, { destination, family }: Probe): Listener[] {
  const protocol: Listener['protocol'] = packet.protocol === 'udp' ? 'udp' : 'tcp';
  const ports = toPorts(packet.port) ?? [0, 0];
  const server = { protocol, address: destination.address, family, via: packet.outInterface, banner: null } as const;
  const idle = packet.port === IDLE_PORT ? IDLE_PORT + 1 : IDLE_PORT;
  return [
    ...(isServed(packet) ? [{ ...server, ports }] : packet.outInterface === null ? [] : [{ ...server, ports: [idle, idle] as const }]),
    ...targets.map((target, place) => ({ ...target, protocol, ports: isAtPort[place] === true ? ports : target.ports })),
  ];
}

/** A client cannot use the port of a server of its own address. */
function isAtServer({ from, clientPort }: ComparedPacket, servers: { address: string; port: number | null }[]): boolean {
  return clientPort !== null && servers.some(({ address, port }) => address === from && port === clientPort);
}

function toPorts(port: number | null): Ports | null {
  return port === null ? null : [port, port];
}

function toOwnProbe(scenario: Scenario, { protocol, from, to, clientPort, port }: ComparedPacket): Probe {
  const spec = { ...getProbe(scenario), protocol, from, clientPort, to: { address: to, port: port ?? 0 } };
  const probe = toProbe(spec, scenario.servers, OWN);
  if (typeof probe === 'string') {
    throw new InternalError(`the evaluator does not model ${probe}`);
  }
  return probe;
}
