import type { ComparedWorld } from '../../input/drafts/comparison.js';
import type { ComparedPacket } from '../../model/diff.js';
import type { Family } from '../../model/rule.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import { type Expected, isAlike, toExpected } from '../../predict/difference/verdict.js';
import type { Probe } from '../../predict/conversation/conversation.js';
import { toNetwork } from '../../predict/network.js';
import { predict } from '../../predict/predict.js';
import { toProbe } from '../../predict/scenario.js';
import type { Network } from '../../predict/world/network.js';
import { getProbe, isServed, makeScenario, SERVER, toWorldKey } from './document.js';
import type { PacketList } from './packets.js';
import type { Scenario } from '../../model/scenario.js';

/** Packets which the same rules decide, before and after. The first one stands for them. */
export interface Kind {
  packet: ComparedPacket;
  before: Expected;
  after: Expected;
  packets: number;
}

/** The users of loopfw's own clients and servers: who runs it is not known to the comparison. */
const OWN = { user: null, group: null };

/** Asks the evaluator what becomes of packets by both rule sets, and sorts them. */
export class KindSorter {
  readonly kinds = new Map<string, Kind>();
  readonly unknown = new Map<string, number>();
  packets = 0;
  readonly #compared: ComparedWorld;
  readonly #sides: Record<'before' | 'after', Record<Family, ReadRuleSet>>;
  readonly #worlds = new Map<string, { scenario: Scenario; network: Network } | null>();

  constructor(compared: ComparedWorld, sides: Record<'before' | 'after', Record<Family, ReadRuleSet>>) {
    this.#compared = compared;
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
    const asked = this.#findWorld(packet);
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

  /** The world of a packet. It is made once for two ends; a server is then put on the port of each packet. null: no world can have it. */
  #findWorld(packet: ComparedPacket): { probe: Probe | string; network: Network } | null {
    const key = toWorldKey(packet, this.#compared);
    const known = this.#worlds.get(key);
    const scenario = known === undefined ? makeScenario(packet, this.#compared, []) : (known?.scenario ?? null);
    const base = known ?? (scenario === null ? null : { scenario, network: toNetwork(scenario) });
    this.#worlds.set(key, base);
    if (base === null) {
      return null;
    }
    const { from, clientPort, port } = packet;
    const { servers } = base.scenario;
    const spec = getProbe(base.scenario);
    const ports = [port ?? 0, port ?? 0] as const;
    const listeners = base.network.listeners.map((own, place) =>
      isServed(packet) && servers[place]?.name === SERVER ? { ...own, ports } : own,
    );
    const probe = toProbe({ ...spec, from, clientPort, to: { ...spec.to, port: port ?? spec.to.port } }, servers, OWN);
    return { probe, network: { ...base.network, listeners } };
  }
}
