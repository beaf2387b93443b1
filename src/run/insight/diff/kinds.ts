import type { ComparedWorld } from '../../../input/drafts/compared/comparison.js';
import type { ComparedPacket } from '../../../model/insight/diff.js';
import type { Family } from '../../../model/rule.js';
import type { ReadRuleSet } from '../../../predict/chains/rule-set.js';
import { Fates, findKnown, type GroupedFate, type Root, toExpectedOf } from '../../../predict/difference/fates.js';
import { makeNumbers, type Numbers, numberPorts, setAddresses, setPorts } from '../../../predict/difference/numbers.js';
import { type Expected, isAlike } from '../../../predict/difference/verdict.js';
import type { Probe } from '../../../predict/conversation/conversation.js';
import type { Network } from '../../../predict/world/network.js';
import type { PacketList } from './packets.js';
import { Worlds, type WorldShape } from './worlds.js';

/** Packets which the same rules decide, before and after. The first one stands for them. */
export interface Kind {
  packet: ComparedPacket;
  before: Expected;
  after: Expected;
  packets: number;
}

type Sides = Record<'before' | 'after', Record<Family, ReadRuleSet>>;

/** The worlds of packets, and where the questions of both rule sets about them begin. */
interface Start {
  shape: WorldShape;
  before: Root;
  after: Root;
}

/** The packets between two ends. */
interface Lane {
  /** The place of the first one. */
  first: number;
  ends: string;
  kinds: string[];
  /** By kind, as far as they are known. Lanes that are alike have the same. none: no world can have the packets. */
  starts: (Start | 'none' | undefined)[];
}

/** A packet's fates before and after, and the packets that have them. */
interface Pair {
  before: GroupedFate;
  after: GroupedFate;
  /** Whether both rule sets treat the packets alike; null where that depends on the packet. */
  areAlike: boolean | null;
  /** What is not known of them. */
  unknown: string[];
  kinds: { alike: Kind | null; other: Kind | null };
}

/** More than there are fates. */
const MOST_FATES = 2 ** 26;

/** Finds what becomes of packets by both rule sets, and sorts them. */
export class KindSorter {
  readonly kinds = new Map<string, Kind>();
  readonly unknown = new Map<string, number>();
  packets = 0;
  readonly #sides: Sides;
  readonly #before: Fates;
  readonly #after: Fates;
  readonly #worlds: Worlds;
  readonly #pairs = new Map<number, Pair>();

  constructor(compared: ComparedWorld, sides: Sides) {
    this.#sides = sides;
    [this.#before, this.#after] = [Fates.of(sides.before), Fates.of(sides.after)];
    this.#worlds = new Worlds(compared);
  }

  /** How often the evaluator was asked about these rule sets. */
  get asked(): number {
    return this.#before.asked + this.#after.asked;
  }

  /** Sorts at most `most` packets of a list, spread over all of it. */
  add(list: PacketList, most: number): void {
    const step = Math.max(1, list.count / most);
    const findLane = this.#makeLanes(list);
    const numbers = makeNumbers();
    const ports = list.kinds.map(({ clientPort, port }) => numberPorts(clientPort, port));
    let [index, lane] = [0, null as Lane | null];
    for (let place = 0; Math.floor(place) < list.count; place += step) {
      index = Math.floor(place);
      const kind = index % list.kinds.length;
      if (lane?.first !== index - kind) {
        lane = findLane(index - kind);
        setAddresses(numbers, list.get(index));
      }
      const start = (lane.starts[kind] ??= this.#start(lane, kind, list.get(index)));
      const own = ports[kind];
      if (start !== 'none' && own !== undefined) {
        setPorts(numbers, own);
        this.#sort(start, numbers, list, index);
      }
    }
  }

  #makeLanes(list: PacketList): (first: number) => Lane {
    const alike = new Map<string, Lane['starts']>();
    const kinds = new Map<string, { texts: string[]; all: string }>();
    return (first) => {
      const packet = list.get(first);
      // The servers to which rules translate may depend on the address.
      const to = `${packet.to} ${this.#worlds.describeClient(packet)}`;
      const own = kinds.get(to) ?? join(list.kinds.map((_, kind) => this.#worlds.describeKind(list.get(first + kind))));
      kinds.set(to, own);
      const ends = this.#worlds.describeEnds(packet);
      const text = `${ends} ${own.all}`;
      const starts = alike.get(text) ?? [];
      alike.set(text, starts);
      return { first, ends, kinds: own.texts, starts };
    };
  }

  #start({ ends, kinds }: Lane, kind: number, packet: ComparedPacket): Start | 'none' {
    const shape = this.#worlds.find(ends, kinds[kind] ?? '', packet);
    if (shape === null) {
      return 'none';
    }
    const ports = shape.describePorts(packet);
    return { shape, before: this.#before.getRoot(shape.key, ports), after: this.#after.getRoot(shape.key, ports) };
  }

  #sort(start: Start, numbers: Numbers, list: PacketList, index: number): void {
    const [before, after] = [findKnown(start.before, numbers), findKnown(start.after, numbers)];
    const pair = before === undefined || after === undefined ? undefined : this.#pairs.get(toKey(before, after));
    const kind = pair === undefined || pair.areAlike === null ? null : pair.kinds[pair.areAlike ? 'alike' : 'other'];
    if (pair === undefined || kind === null) {
      this.#ask(start, numbers, list.get(index));
    } else {
      this.#count(pair, kind);
    }
  }

  /** Sorts a packet of which something is not known yet. */
  #ask({ shape, ...roots }: Start, numbers: Numbers, packet: ComparedPacket): void {
    const probe = shape.makeProbe(packet);
    let network: Network | null = null;
    const getNetwork = () => (network ??= shape.makeNetwork(packet, probe));
    const find = (side: 'before' | 'after', fates: Fates) =>
      fates.find(roots[side], numbers, {
        ...{ ends: probe, getNetwork },
        getQuestion: () => ({ ruleSets: this.#sides[side], isFresh: true, clock: null, probe, network: getNetwork() }),
      });
    const [before, after] = [find('before', this.#before), find('after', this.#after)];
    const key = toKey(before, after);
    const pair = this.#pairs.get(key) ?? makePair(before, after);
    this.#pairs.set(key, pair);
    const areAlike = pair.areAlike ?? isAlike(toExpectedOf(before, probe), toExpectedOf(after, probe));
    this.#count(pair, (pair.kinds[areAlike ? 'alike' : 'other'] ??= this.#findKind(pair, areAlike, packet, probe)));
  }

  #count(pair: Pair, kind: Kind): void {
    this.packets++;
    kind.packets++;
    for (const why of pair.unknown) {
      this.unknown.set(why, (this.unknown.get(why) ?? 0) + 1);
    }
  }

  #findKind({ before, after }: Pair, areAlike: boolean, packet: ComparedPacket, probe: Probe): Kind {
    const decided = [before, after].map(({ expected }) =>
      expected.kind === 'known' ? [expected.outcome, expected.cause, expected.decidedBy] : [expected.why, packet.protocol],
    );
    const key = JSON.stringify([decided, areAlike]);
    const kind = this.kinds.get(key) ?? { packet, before: toExpectedOf(before, probe), after: toExpectedOf(after, probe), packets: 0 };
    this.kinds.set(key, kind);
    return kind;
  }
}

function join(texts: string[]): { texts: string[]; all: string } {
  return { texts, all: texts.join() };
}

function makePair(before: GroupedFate, after: GroupedFate): Pair {
  const unknown = [before.expected, after.expected].flatMap((each) => (each.kind === 'unknown' ? [each.why] : []));
  const isSameReach = JSON.stringify(before.reach) === JSON.stringify(after.reach);
  const areAlike = isAlike(before.expected, after.expected) && (isSameReach || null);
  return { before, after, areAlike, unknown: [...new Set(unknown)], kinds: { alike: null, other: null } };
}

function toKey(before: GroupedFate, after: GroupedFate): number {
  return before.id * MOST_FATES + after.id;
}
