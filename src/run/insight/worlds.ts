import type { ComparedWorld } from '../../input/drafts/comparison.js';
import type { ComparedPacket } from '../../model/diff.js';
import { InternalError } from '../../model/errors.js';
import type { Scenario } from '../../model/scenario.js';
import type { Probe } from '../../predict/conversation/conversation.js';
import { describeAddress, describeNetwork, moveNetwork } from '../../predict/difference/shape.js';
import { toNetwork } from '../../predict/network.js';
import { toProbe } from '../../predict/scenario.js';
import type { Network } from '../../predict/world/network.js';
import { findTargets, getProbe, IDLE_PORT, isServed, makeScenario } from './document.js';

/** The users of loopfw's own clients and servers: who runs it is not known to the comparison. */
const OWN = { user: null, group: null };

/** A world, and those that differ from it only in the addresses of the two ends and in ports. */
export interface WorldShape {
  /** It is the same for all of these worlds, in every comparison. */
  key: string;
  make: (packet: ComparedPacket) => { probe: Probe; network: Network };
}

/** The worlds of packets, as the evaluator asks about them. To make a scenario takes a millisecond, so one is made for each shape. */
export class Worlds {
  readonly #compared: ComparedWorld;
  readonly #shapes = new Map<string, WorldShape | null>();
  readonly #places = new Map<string, string>();
  readonly #base: Network;
  readonly #named: string[];

  constructor(compared: ComparedWorld) {
    this.#compared = compared;
    const scenario = makeScenario(ON_LO, compared, []);
    if (scenario === null) {
      throw new InternalError('a packet on lo has no world');
    }
    this.#base = toNetwork(scenario);
    this.#named = compared.ways.flatMap(({ action }) => (action.kind === 'translate' && action.address !== null ? [action.address] : []));
  }

  /** Where the packets of one pair of ends are. Pairs with the same text have worlds of the same shapes, if their kinds have, too. */
  describeEnds({ from, to, inInterface, outInterface }: ComparedPacket): string {
    return JSON.stringify([inInterface, outInterface, this.#describe(from), this.#describe(to), from === to]);
  }

  describeKinds(packets: ComparedPacket[]): string {
    return packets.map((packet) => this.#describeKind(packet)).join();
  }

  /** null: no world can have the packet. */
  find(packet: ComparedPacket): WorldShape | null {
    const text = `${this.describeEnds(packet)} ${this.#describeKind(packet)}`;
    const known = this.#shapes.get(text);
    const shape = known === undefined ? this.#make(packet, text) : known;
    this.#shapes.set(text, shape);
    return shape;
  }

  #describeKind(packet: ComparedPacket): string {
    const { protocol, port, clientPort, listens, to } = packet;
    const targets = findTargets(packet, this.#compared).map((each) => ({
      ...each,
      address: each.address === to ? 'own' : each.address,
      port: each.port === port ? 'own' : each.port,
    }));
    return JSON.stringify([protocol, listens, port === IDLE_PORT, port === clientPort, targets]);
  }

  #describe(address: string): string {
    const known = this.#places.get(address) ?? describeAddress(address, this.#base, this.#named);
    this.#places.set(address, known);
    return known;
  }

  #make(first: ComparedPacket, text: string): WorldShape | null {
    const scenario = makeScenario(first, this.#compared, []);
    if (scenario === null) {
      return null;
    }
    const base = toNetwork(scenario);
    const ends = toOwnProbe(scenario, first);
    // Servers of loopfw that listen where the packet goes.
    const isAtPort = base.listeners.map(({ ports }) => isServed(first) && ports[0] === first.port);
    const { source: _source, destination: _destination, ...rest } = ends;
    return {
      key: JSON.stringify([text, describeNetwork(base, ends), rest, isAtPort]),
      make: (packet) => {
        const probe = toOwnProbe(scenario, packet);
        const network = moveNetwork(base, ends, probe);
        const ports = [packet.port ?? 0, packet.port ?? 0] as const;
        const listeners = network.listeners.map((listener, place) => (isAtPort[place] === true ? { ...listener, ports } : listener));
        return { probe, network: { ...network, listeners } };
      },
    };
  }
}

const ON_LO: ComparedPacket = {
  ...{ protocol: 'icmp', from: '127.0.0.1', inInterface: null, clientPort: null },
  ...{ to: '127.0.0.1', port: null, outInterface: null, listens: false },
};

function toOwnProbe(scenario: Scenario, { from, to, clientPort, port }: ComparedPacket): Probe {
  const spec = getProbe(scenario);
  const probe = toProbe({ ...spec, from, clientPort, to: { ...spec.to, address: to, port: port ?? spec.to.port } }, scenario.servers, OWN);
  if (typeof probe === 'string') {
    throw new InternalError(`the evaluator does not model ${probe}`);
  }
  return probe;
}
