import type { ComparedWorld } from '../../input/drafts/compared/comparison.js';
import type { ComparedPacket } from '../../model/diff.js';
import type { Scenario } from '../../model/scenario.js';
import type { Probe } from '../../predict/conversation/conversation.js';
import { toNetwork } from '../../predict/network.js';
import { toProbe } from '../../predict/scenario.js';
import type { Network } from '../../predict/world/network.js';
import { getProbe, isServed, makeScenario, SERVER, toWorldKey } from './document.js';

/** The users of loopfw's own clients and servers: who runs it is not known to the comparison. */
const OWN = { user: null, group: null };

/** The worlds of packets, as the evaluator is asked about them. */
export class PacketWorlds {
  readonly #compared: ComparedWorld;
  readonly #known = new Map<string, { scenario: Scenario; network: Network } | null>();

  constructor(compared: ComparedWorld) {
    this.#compared = compared;
  }

  /** The world of a packet. It is made once for two ends; a server is then put on the port of each packet. null: no world can have it. */
  find(packet: ComparedPacket): { probe: Probe | string; network: Network } | null {
    const key = toWorldKey(packet, this.#compared);
    const known = this.#known.get(key);
    const scenario = known === undefined ? makeScenario(packet, this.#compared, []) : (known?.scenario ?? null);
    const base = known ?? (scenario === null ? null : { scenario, network: toNetwork(scenario) });
    this.#known.set(key, base);
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
