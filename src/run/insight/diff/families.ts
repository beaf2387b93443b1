import { listFamilyEnds } from '../../../input/drafts/compared/family-ends.js';
import type { ComparedWorld } from '../../../input/drafts/compared/comparison.js';
import { pairByName } from '../../../input/drafts/compared/named-addresses.js';
import type { ComparedPacket } from '../../../model/insight/diff.js';
import type { Family } from '../../../model/rule.js';
import type { RuleSet } from '../../../model/scenario.js';
import type { ReadRuleSet } from '../../../predict/chains/rule-set.js';
import { listClasses } from '../../../predict/difference/intervals.js';
import { type Expected, toExpected } from '../../../predict/difference/verdict.js';
import { predict } from '../../../predict/predict.js';
import { ADDRESS_BITS } from '../../../words/addresses.js';
import type { Kind } from './kinds.js';
import { listServices, toPacket } from './packets.js';
import { Worlds } from './worlds.js';

/** The kinds of IPv4 packets, each with an IPv6 packet that asks for the same from the same place. */
export interface FamilyKinds {
  kinds: (Kind & { packetAfter: ComparedPacket })[];
  /** What packets depend on that is not modelled, and how many of them. */
  unknown: Map<string, number>;
  packets: number;
  /** The packets that there are, if not all were sorted. */
  ofPackets: number | null;
}

/** Asks the evaluator what becomes of at most `most` packets of both families under one rule set, spread over all of them, and sorts them. */
export function sortFamilies(compared: ComparedWorld, ruleSet: RuleSet, ruleSets: Record<Family, ReadRuleSet>, most: number): FamilyKinds {
  const worlds = new Worlds(compared);
  const kinds = new Map<string, FamilyKinds['kinds'][number]>();
  const unknown = new Map<string, number>();
  let packets = 0;
  const ask = (packet: ComparedPacket): Expected | null => {
    const shape = worlds.find(worlds.describeEnds(packet), worlds.describeKind(packet), packet);
    if (shape === null) {
      return null;
    }
    const probe = shape.makeProbe(packet);
    return toExpected(predict({ ruleSets, network: shape.makeNetwork(packet, probe), probe, isFresh: true, clock: null }));
  };
  const ends = listEnds(compared, ruleSet, ruleSets);
  const services = listServices([ruleSets.ipv4, ruleSets.ipv6]);
  const total = ends.length * services.length;
  for (let place = 0; Math.floor(place) < total; place += Math.max(1, total / most)) {
    const index = Math.floor(place);
    const [pair, service] = [ends[Math.floor(index / services.length)], services[index % services.length]];
    const packet = toPacket(pair && { from: pair.from.ipv4, to: pair.to.ipv4 }, service);
    const packetAfter = toPacket(pair && { from: pair.from.ipv6, to: pair.to.ipv6 }, service);
    const [before, after] = [ask(packet), ask(packetAfter)];
    if (before === null || after === null) {
      continue;
    }
    packets++;
    const reasons = new Set([before, after].flatMap((each) => (each.kind === 'unknown' ? [each.why] : [])));
    reasons.forEach((why) => unknown.set(why, (unknown.get(why) ?? 0) + 1));
    const key = JSON.stringify(
      [before, after].map((each) => (each.kind === 'known' ? { ...each, reaches: null } : [each.why, packet.protocol])),
    );
    const kind = kinds.get(key) ?? { packet, packetAfter, before, after, packets: 0 };
    kind.packets++;
    kinds.set(key, kind);
  }
  return { kinds: [...kinds.values()], unknown, packets, ofPackets: total > most ? total : null };
}

function listEnds(compared: ComparedWorld, ruleSet: RuleSet, ruleSets: Record<Family, ReadRuleSet>) {
  const list = (family: Family) => listClasses([ruleSets[family]], ['source', 'destination'], (1n << BigInt(ADDRESS_BITS[family])) - 1n);
  return listFamilyEnds(compared, { ipv4: list('ipv4'), ipv6: list('ipv6') }, pairByName(ruleSet));
}
