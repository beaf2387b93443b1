import type { ComparedWorld } from '../../input/drafts/compared/comparison.js';
import type { ComparedPacket } from '../../model/diff.js';
import type { Family } from '../../model/rule.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import { type Expected, isAlike, toExpected } from '../../predict/difference/verdict.js';
import { predict } from '../../predict/predict.js';
import type { PacketList } from './packets.js';
import { PacketWorlds } from './worlds.js';

/** Packets which the same rules decide, before and after. The first one stands for them. */
export interface Kind {
  packet: ComparedPacket;
  before: Expected;
  after: Expected;
  packets: number;
}

/** Asks the evaluator what becomes of packets by both rule sets, and sorts them. */
export class KindSorter {
  readonly kinds = new Map<string, Kind>();
  readonly unknown = new Map<string, number>();
  packets = 0;
  readonly #sides: Record<'before' | 'after', Record<Family, ReadRuleSet>>;
  readonly #worlds: PacketWorlds;

  constructor(compared: ComparedWorld, sides: Record<'before' | 'after', Record<Family, ReadRuleSet>>) {
    this.#worlds = new PacketWorlds(compared);
    this.#sides = sides;
  }

  /** Sorts at most `most` packets of a list, spread over all of it. */
  add(list: PacketList, most: number): void {
    const step = Math.max(1, list.count / most);
    for (let place = 0; Math.floor(place) < list.count; place += step) {
      this.#sort(list.get(Math.floor(place)));
    }
  }

  #sort(packet: ComparedPacket): void {
    const asked = this.#worlds.find(packet);
    if (asked === null) {
      return;
    }
    this.packets++;
    const { probe, network } = asked;
    const ask = (ruleSets: Record<Family, ReadRuleSet>): Expected =>
      typeof probe === 'string'
        ? { kind: 'unknown', why: probe }
        : toExpected(predict({ ruleSets, network, probe, isFresh: true, clock: null }));
    const [before, after] = [ask(this.#sides.before), ask(this.#sides.after)];
    [...new Set([before, after].flatMap((each) => (each.kind === 'unknown' ? [each.why] : [])))].forEach((why) =>
      this.unknown.set(why, (this.unknown.get(why) ?? 0) + 1),
    );
    const alike = isAlike(before, after);
    const decided = [before, after].map((each) =>
      each.kind === 'known' ? [each.outcome, each.cause, each.decidedBy] : [each.why, packet.protocol],
    );
    const key = JSON.stringify([decided, alike]);
    const kind = this.kinds.get(key) ?? { packet, before, after, packets: 0 };
    kind.packets++;
    this.kinds.set(key, kind);
  }
}
