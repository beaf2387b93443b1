import type { Family } from '../../model/rule.js';
import type { Exit, Log, Observer, Watch } from '../chains/walk.js';
import type { BaseChain, ReadRuleSet, Stage } from '../chains/rule-set.js';
import type { Guess } from '../rule/action.js';
import type { Client, Memory, Place } from '../rule/condition.js';
import { type Connections, MANIPULATIONS, translate } from '../world/connections.js';
import { findRoute, type Network } from '../world/network.js';
import { toQuery } from '../world/routing.js';
import { isIcmpError, type Packet } from '../world/packet.js';

/** Everything that a packet meets in a world. */
export interface World {
  ruleSets: Record<Family, ReadRuleSet>;
  network: Network;
  connections: Connections;
  client: Client;
  memory: Memory;
  guess: Guess;
  /** Whether what each packet was asked is noted. */
  isTraced: boolean;
  watch: Watch | null;
  observer: Observer | null;
}

/** A hook on the way of a packet, and the interfaces that it has there. */
export type Hop = Pick<Place, 'hook' | 'inInterface' | 'outInterface'> & Partial<Pick<Place, 'ports'>>;

export function makeLog({ isTraced, ruleSets, watch, observer }: World, family: Family): Log {
  const questions = isTraced ? { isTracking: ruleSets[family].isTracking, asked: [], entered: new Set<string>(), passed: [] } : null;
  return { steps: [], questions, accepted: null, translated: null, watch, observer };
}

/** Leads a packet through all chains of a hook. */
export function passHook(packet: Packet, hop: Hop, world: World, log: Log): Exit {
  const place: Place = { ports: null, ...hop, network: world.network, client: world.client, memory: world.memory };
  for (const stage of world.ruleSets[packet.family].stages[place.hook]) {
    const before = describeRoute(packet);
    const exit = passStage(stage, packet, place, world, log);
    if (exit.verdict !== 'accept') {
      return exit;
    }
    // The kernel looks for a new route at once: later tables do not see a packet that has none (ip_route_me_harder).
    const route = place.hook === 'output' && describeRoute(packet) !== before ? findRoute(toQuery(packet, 'lo'), world.network) : null;
    if (route?.to === 'nowhere') {
      return { verdict: 'lost', isProhibited: route.isProhibited };
    }
  }
  if (place.hook === 'postrouting' || place.hook === 'input') {
    world.connections.confirm(packet);
  }
  return ACCEPTED;
}

function describeRoute({ source, destination, mark, tos }: Packet): string {
  return [source.address, destination.address, mark, tos].join();
}

const ACCEPTED: Exit = { verdict: 'accept', translates: false };

function passStage(stage: Stage, packet: Packet, place: Place, world: World, log: Log): Exit {
  switch (stage.kind) {
    case 'filter':
      return stage.chain.walk(packet, place, world.guess, log);
    case 'track':
      world.connections.track(packet);
      return ACCEPTED;
    case 'nat':
      return passNat(stage.chains, packet, place, world, log);
  }
}

/** nf_nat_inet_fn(): the rules decide once for each flow and each kind of NAT. The kernel then translates every packet of the flow. */
function passNat(chains: BaseChain[], packet: Packet, place: Place, { guess }: World, log: Log): Exit {
  const { tracking } = packet;
  if (place.hook === 'forward' || typeof tracking === 'string') {
    return ACCEPTED;
  }
  const at = MANIPULATIONS[place.hook];
  // Chains of nat are not asked about an ICMP error. They are asked about the RST of a REJECT.
  if (tracking.state !== 'ESTABLISHED' && !isIcmpError(packet) && !tracking.flow.decided[at]) {
    for (const chain of chains) {
      const exit = chain.walk(packet, place, guess, log);
      if (exit.verdict !== 'accept') {
        return exit;
      }
      if (exit.translates) {
        break;
      }
    }
    tracking.flow.decided[at] = true;
  } else if (log.questions !== null) {
    log.questions.passed.push(...chains.map(({ key }) => ({ hook: place.hook, chain: key })));
  }
  translate(packet, at);
  return ACCEPTED;
}
