// What the evaluator says of each packet by itself, in the world of its own scenario: KindSorter must find the same for groups of packets.
import type { ComparedWorld } from '../../../src/input/drafts/compared/comparison.js';
import type { ComparedPacket } from '../../../src/model/insight/diff.js';
import type { Family } from '../../../src/model/rule.js';
import type { ReadRuleSet } from '../../../src/predict/chains/rule-set.js';
import { type Expected, isAlike, toExpected } from '../../../src/predict/difference/verdict.js';
import { toNetwork } from '../../../src/predict/network.js';
import { predict } from '../../../src/predict/predict.js';
import { toProbe } from '../../../src/predict/scenario.js';
import { getProbe, makeScenario } from '../../../src/run/insight/document.js';
import { KindSorter } from '../../../src/run/insight/diff/kinds.js';
import { listPackets } from '../../../src/run/insight/diff/packets.js';

export type Sides = Record<'before' | 'after', Record<Family, ReadRuleSet>>;

/** Kinds of packets with all that is said of them. */
export interface Sorted {
  packets: number;
  kinds: [key: string, kind: { packet: ComparedPacket; before: Expected; after: Expected; packets: number }][];
  unknown: [why: string, packets: number][];
}

/** The same packets twice: in groups, and each by itself. */
export function sortBoth(compared: ComparedWorld, sides: Sides, most: number): { grouped: Sorted; each: Sorted } {
  const lists = compared.families.map((family) => listPackets(compared, family, [sides.before[family], sides.after[family]]));
  const sorter = new KindSorter(compared, sides);
  lists.forEach((list) => sorter.add(list, most));
  const packets = lists.flatMap((list) => {
    const chosen: ComparedPacket[] = [];
    for (let place = 0; Math.floor(place) < list.count; place += Math.max(1, list.count / most)) {
      chosen.push(list.get(Math.floor(place)));
    }
    return chosen;
  });
  return {
    grouped: { packets: sorter.packets, kinds: [...sorter.kinds], unknown: [...sorter.unknown] },
    each: sortEach(packets, compared, sides),
  };
}

function sortEach(packets: ComparedPacket[], compared: ComparedWorld, sides: Sides): Sorted {
  const kinds: Map<string, Sorted['kinds'][0][1]> = new Map();
  const unknown = new Map<string, number>();
  let count = 0;
  for (const packet of packets) {
    const scenario = makeScenario(packet, compared, []);
    if (scenario === null) {
      continue;
    }
    count++;
    const network = toNetwork(scenario);
    const probe = toProbe(getProbe(scenario), scenario.servers, { user: null, group: null });
    const ask = (ruleSets: Record<Family, ReadRuleSet>): Expected =>
      typeof probe === 'string'
        ? { kind: 'unknown', why: probe }
        : toExpected(predict({ ruleSets, network, probe, isFresh: true, clock: null }));
    const [before, after] = [ask(sides.before), ask(sides.after)];
    const whys = new Set([before, after].flatMap((each) => (each.kind === 'unknown' ? [each.why] : [])));
    whys.forEach((why) => unknown.set(why, (unknown.get(why) ?? 0) + 1));
    const decided = [before, after].map((each) =>
      each.kind === 'known' ? [each.outcome, each.cause, each.decidedBy] : [each.why, packet.protocol],
    );
    const key = JSON.stringify([decided, isAlike(before, after)]);
    const kind = kinds.get(key) ?? { packet, before, after, packets: 0 };
    kind.packets++;
    kinds.set(key, kind);
  }
  return { packets: count, kinds: [...kinds], unknown: [...unknown] };
}
