import type { ComparedWorld } from '../../input/drafts/comparison.js';
import type { ComparedPacket } from '../../model/diff.js';
import type { Family } from '../../model/rule.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import { Fates, type GroupedFate, type Root, toExpectedOf } from '../../predict/difference/fates.js';
import { makeNumbers, numberPorts, setAddresses, setPorts } from '../../predict/difference/numbers.js';
import { describePorts } from '../../predict/difference/shape.js';
import { type Expected, isAlike } from '../../predict/difference/verdict.js';
import type { Question } from '../../predict/predict.js';
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

/** The worlds of packets of one kind, and where the questions of both rule sets about them begin. null: no world can have them. */
type Start = { shape: WorldShape; before: Root; after: Root } | null;

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
    const numbers = makeNumbers();
    const ports = list.kinds.map(({ clientPort, port }) => numberPorts(clientPort, port));
    const findStarts = this.#listStarts(list);
    let [at, index, starts] = [-1, 0, [] as (Start | undefined)[]];
    const ask = (side: 'before' | 'after') => () => this.#ask(this.#sides[side], list.get(index), starts[index % list.kinds.length]);
    const [askBefore, askAfter] = [ask('before'), ask('after')];
    for (let place = 0; Math.floor(place) < list.count; place += step) {
      index = Math.floor(place);
      const kind = index % list.kinds.length;
      const ends = list.ends[(index - kind) / list.kinds.length];
      const own = ports[kind];
      if (ends === undefined || own === undefined) {
        continue;
      }
      if (index - kind !== at) {
        at = index - kind;
        setAddresses(numbers, ends.from.address, ends.to.address);
        starts = findStarts(at);
      }
      const known = starts[kind];
      const start = known === undefined ? this.#start(list.get(index)) : known;
      starts[kind] = start;
      if (start !== null) {
        setPorts(numbers, own);
        const before = this.#before.find(start.before, numbers, askBefore);
        const after = this.#after.find(start.after, numbers, askAfter);
        this.#count(before, after, () => list.get(index), start);
      }
    }
  }

  /** Where the questions about each kind of packet begin. Packets between ends that are alike begin at the same places. */
  #listStarts(list: PacketList): (place: number) => (Start | undefined)[] {
    const known = new Map<string, (Start | undefined)[]>();
    const kinds = new Map<string, string>();
    return (place) => {
      const { to } = list.get(place);
      const ofKinds = kinds.get(to) ?? this.#worlds.describeKinds(list.kinds.map((kind, at) => list.get(place + at)));
      kinds.set(to, ofKinds);
      const text = `${this.#worlds.describeEnds(list.get(place))} ${ofKinds}`;
      const starts = known.get(text) ?? [];
      known.set(text, starts);
      return starts;
    };
  }

  #start(packet: ComparedPacket): Start {
    const shape = this.#worlds.find(packet);
    if (shape === null) {
      return null;
    }
    const { probe, network } = shape.make(packet);
    const ports = describePorts(probe, network);
    return { shape, before: this.#before.getRoot(shape.key, ports), after: this.#after.getRoot(shape.key, ports) };
  }

  #ask(ruleSets: Record<Family, ReadRuleSet>, packet: ComparedPacket, start: Start | undefined): Question {
    if (start === undefined || start === null) {
      throw new RangeError('a packet without a world');
    }
    return { ruleSets, ...start.shape.make(packet), isFresh: true, clock: null };
  }

  #count(before: GroupedFate, after: GroupedFate, getPacket: () => ComparedPacket, { shape }: NonNullable<Start>): void {
    this.packets++;
    const key = before.id * MOST_FATES + after.id;
    const pair = this.#pairs.get(key) ?? makePair(before, after);
    this.#pairs.set(key, pair);
    for (const why of pair.unknown) {
      this.unknown.set(why, (this.unknown.get(why) ?? 0) + 1);
    }
    const areAlike = pair.areAlike ?? areAlikeFor(pair, shape.make(getPacket()).probe);
    const known = pair.kinds[areAlike ? 'alike' : 'other'];
    if (known !== null) {
      known.packets++;
      return;
    }
    const kind = this.#findKind(pair, areAlike, getPacket(), shape);
    kind.packets++;
    pair.kinds[areAlike ? 'alike' : 'other'] = kind;
  }

  #findKind({ before, after }: Pair, areAlike: boolean, packet: ComparedPacket, shape: WorldShape): Kind {
    const decided = [before, after].map(({ expected }) =>
      expected.kind === 'known' ? [expected.outcome, expected.cause, expected.decidedBy] : [expected.why, packet.protocol],
    );
    const key = JSON.stringify([decided, areAlike]);
    const { probe } = shape.make(packet);
    const kind = this.kinds.get(key) ?? { packet, before: toExpectedOf(before, probe), after: toExpectedOf(after, probe), packets: 0 };
    this.kinds.set(key, kind);
    return kind;
  }
}

function makePair(before: GroupedFate, after: GroupedFate): Pair {
  const unknown = [before.expected, after.expected].flatMap((each) => (each.kind === 'unknown' ? [each.why] : []));
  const isSameReach = JSON.stringify(before.reach) === JSON.stringify(after.reach);
  const areAlike = isAlike(before.expected, after.expected) && (isSameReach || null);
  return { before, after, areAlike, unknown: [...new Set(unknown)], kinds: { alike: null, other: null } };
}

function areAlikeFor({ before, after }: Pair, ends: Parameters<typeof toExpectedOf>[1]): boolean {
  return isAlike(toExpectedOf(before, ends), toExpectedOf(after, ends));
}
