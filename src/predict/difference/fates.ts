import { InternalError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import type { ReadRuleSet } from '../chains/rule-set.js';
import type { Place } from '../rule/condition.js';
import { predict, type Question } from '../predict.js';
import type { Network } from '../world/network.js';
import type { End, Ends, Packet, Ports } from '../world/packet.js';
import type { Numbers } from './numbers.js';
import { DESTINATION, DESTINATION_PORT, EndsObserver, type Part, type Reading, SOURCE, SOURCE_PORT } from './observer.js';
import { type Expected, printReach, toExpected } from './verdict.js';

const ADDRESSES = SOURCE | DESTINATION;
const PORTS = SOURCE_PORT | DESTINATION_PORT;
/** More than there are pairs of ports. */
const MOST_PORTS = 2 ** 26;

/** The fate of packets that no rule tells apart on their way. */
export interface GroupedFate {
  kind: 'fate';
  id: number;
  /** What becomes of them, without their ends. */
  expected: Expected;
  /** The ends of the request after NAT: which ends of the probe they are, or what rules gave. */
  reach: { source: number | string; destination: number | string; ports: number | Ports | null };
}

/** A part of a rule that tells packets apart which have met the same answers before. */
interface Junction {
  kind: 'junction';
  part: Part;
  /** Bits of what it reads of the ends of a probe. */
  reads: number;
  /** Where it leads: by its answer, or by what it has read, where the answer is not all that it does. */
  ways: Map<string, Node>;
  /** The same by the numbers of the ends: of its addresses or its ports, or of both. */
  known: (Node | undefined)[];
  mixed: Map<number, Node>;
  /** The first packet that came here, as it was then. */
  seen: { packet: Packet; place: Place; ends: Ends };
}

type Node = Junction | GroupedFate;

/** Packets that nothing but rules tells apart. */
export interface Root {
  node: Node | undefined;
}

/** A packet that asks for its fate. */
export interface Asking {
  ends: Ends;
  getNetwork: () => Network;
  /** The question about its probe, which has these ends. */
  getQuestion: () => Question;
}

/** The fate of a packet, if all answers about such ends are known. */
export function findKnown({ node }: Root, numbers: Numbers): GroupedFate | undefined {
  let at = node;
  while (at !== undefined && at.kind !== 'fate') {
    at = getWay(at, numbers);
  }
  return at;
}

let ids = 0;
const shared = new WeakMap<Record<Family, ReadRuleSet>, Fates>();

/**
 * The fates of packets by a rule set. The evaluator is asked about one packet of each group, and sees which parts of rules read the ends of
 * the packet. Another packet with the same answers of all these parts has the same fate. A part whose answer depends on more than the packet,
 * or that does more than answer, groups only packets in which all that it reads is the same.
 */
export class Fates {
  /** How often the evaluator was asked. */
  asked = 0;
  readonly #roots = new Map<string, Map<string, Root>>();

  /** Those of a rule set are kept as long as it is. */
  static of(ruleSets: Record<Family, ReadRuleSet>): Fates {
    const fates = shared.get(ruleSets) ?? new Fates();
    shared.set(ruleSets, fates);
    return fates;
  }

  /** @param shape of the world and the probe, without ends @param ports what is not a question of rules about them */
  getRoot(shape: string, ports: string): Root {
    const own = this.#roots.get(shape) ?? new Map<string, Root>();
    this.#roots.set(shape, own);
    const root = own.get(ports) ?? { node: undefined };
    own.set(ports, root);
    return root;
  }

  /** @param numbers of the ends of the packet */
  find(root: Root, numbers: Numbers, asking: Asking): GroupedFate {
    let { node } = root;
    let observer: EndsObserver | null = null;
    while (node !== undefined && node.kind !== 'fate') {
      node = getWay(node, numbers) ?? answer(node, numbers, (observer ??= new EndsObserver(asking.ends, asking.getNetwork)));
    }
    return node ?? this.#learn(root, numbers, asking.getQuestion());
  }

  #learn(root: Root, numbers: Numbers, question: Question): GroupedFate {
    this.asked++;
    let { node } = root;
    let attach = (next: Node) => {
      root.node = next;
    };
    const observer: EndsObserver = new EndsObserver(
      question.probe,
      () => question.network,
      (part, reading, packet, place) => {
        if (node === undefined) {
          node = {
            kind: 'junction',
            part,
            reads: 0,
            ways: new Map(),
            known: [],
            mixed: new Map(),
            seen: { packet, place, ends: observer.ends },
          };
          attach(node);
        }
        if (node.kind === 'fate' || node.part !== part) {
          throw new InternalError('packets with the same answers have met different rules');
        }
        const junction = node;
        const way = describeWay(junction, reading, question.probe);
        attach = (next) => {
          junction.ways.set(way, next);
          setWay(junction, numbers, next);
        };
        node = junction.ways.get(way);
        if (node !== undefined) {
          setWay(junction, numbers, node);
        }
      },
    );
    const probe = { ...question.probe, ...observer.ends };
    const fate = predict({ ...question, probe }, observer);
    const request = fate.kind === 'known' ? fate.ways[0]?.packet : undefined;
    const found: GroupedFate = {
      kind: 'fate',
      id: ids++,
      expected: omitReach(toExpected(fate)),
      reach: toReach(request ?? probe, probe),
    };
    if (node === undefined) {
      attach(found);
      return found;
    }
    if (node.kind === 'junction' || describe(node) !== describe(found)) {
      throw new InternalError('packets with the same answers have different fates');
    }
    return node;
  }
}

/** What becomes of a packet of the group. */
export function toExpectedOf({ expected, reach }: GroupedFate, { source, destination }: Ends): Expected {
  if (expected.kind === 'unknown') {
    return expected;
  }
  const getAddress = (of: number | string) => (of === SOURCE ? source.address : of === DESTINATION ? destination.address : String(of));
  const ports = reach.ports === SOURCE_PORT ? source.ports : reach.ports === DESTINATION_PORT ? destination.ports : reach.ports;
  return {
    ...expected,
    reaches: printReach({
      source: { address: getAddress(reach.source), ports: null },
      destination: { address: getAddress(reach.destination), ports: typeof ports === 'number' ? null : ports },
    }),
  };
}

function omitReach(expected: Expected): Expected {
  return expected.kind === 'known' ? { ...expected, reaches: '' } : expected;
}

function describe({ expected, reach }: GroupedFate): string {
  return JSON.stringify([expected, reach]);
}

function toReach({ source, destination }: Ends, probe: Ends): GroupedFate['reach'] {
  const name = ({ address }: End) =>
    address === probe.source.address ? SOURCE : address === probe.destination.address ? DESTINATION : address;
  const { ports } = destination;
  return {
    source: name(source),
    destination: name(destination),
    ports:
      ports === null ? null : ports === probe.source.ports ? SOURCE_PORT : ports === probe.destination.ports ? DESTINATION_PORT : ports,
  };
}

function getWay({ reads, known, mixed }: Junction, numbers: Numbers): Node | undefined {
  const [addresses, ports] = [reads & ADDRESSES, reads & PORTS];
  return addresses !== 0 && ports !== 0
    ? mixed.get((numbers[addresses] ?? 0) * MOST_PORTS + (numbers[ports] ?? 0))
    : known[numbers[reads] ?? 0];
}

function setWay({ reads, known, mixed }: Junction, numbers: Numbers, next: Node): void {
  const [addresses, ports] = [reads & ADDRESSES, reads & PORTS];
  if (addresses !== 0 && ports !== 0) {
    mixed.set((numbers[addresses] ?? 0) * MOST_PORTS + (numbers[ports] ?? 0), next);
  } else {
    known[numbers[reads] ?? 0] = next;
  }
}

/** The name of the way to which a part leads. What packets before have told of it by less than it reads now is forgotten. */
function describeWay(junction: Junction, { answer: given, reads, isPure }: Reading, { source, destination }: Ends): string {
  if ((reads & ~junction.reads) !== 0) {
    junction.reads |= reads;
    junction.known = [];
    junction.mixed.clear();
  }
  const values = [
    [SOURCE, source.address],
    [DESTINATION, destination.address],
    [SOURCE_PORT, source.ports],
    [DESTINATION_PORT, destination.ports],
  ] as const;
  return JSON.stringify(isPure ? given : [reads, ...values.filter(([bit]) => (reads & bit) !== 0).map(([, value]) => value)]);
}

/** Asks the part alone about another packet; undefined where that does not tell all. */
function answer(junction: Junction, numbers: Numbers, observer: EndsObserver): Node | undefined {
  const { part, seen } = junction;
  const { source, destination } = observer.ends;
  const move = ({ address, ports }: End): End => ({
    address:
      address === seen.ends.source.address ? source.address : address === seen.ends.destination.address ? destination.address : address,
    ports: ports === seen.ends.source.ports ? source.ports : ports === seen.ends.destination.ports ? destination.ports : ports,
  });
  const packet = { ...seen.packet, source: move(seen.packet.source), destination: move(seen.packet.destination) };
  const guess = observer.showGuess(() => false);
  const reading = observer.read((...shown) => part(...shown, guess), packet, { ...seen.place });
  if (!reading.isPure) {
    return undefined;
  }
  const way = junction.ways.get(describeWay(junction, reading, observer.ends));
  if (way !== undefined) {
    setWay(junction, numbers, way);
  }
  return way;
}
