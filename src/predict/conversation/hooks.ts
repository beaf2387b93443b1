import type { Step } from '../../model/result.js';
import type { Family, Table } from '../../model/rule.js';
import { type Exit, type Log, walk } from '../chains/walk.js';
import { type ReadRuleSet, toKey } from '../chains/rule-set.js';
import type { Guess } from '../rule/action.js';
import type { Client, Memory, Place } from '../rule/condition.js';
import { type Connections, MANIPULATIONS, translate } from '../world/connections.js';
import type { Network } from '../world/network.js';
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
}

/** The tables at each hook, in the order of their priorities. Connection tracking comes after raw. */
const TABLES: Record<Step['hook'], Table[]> = {
  prerouting: ['raw', 'mangle', 'nat'],
  input: ['mangle', 'filter', 'security', 'nat'],
  forward: ['mangle', 'filter', 'security'],
  output: ['raw', 'mangle', 'nat', 'filter', 'security'],
  postrouting: ['mangle', 'nat'],
};

/** A hook on the way of a packet, and the interfaces that it has there. */
export type Hop = Pick<Place, 'hook' | 'inInterface' | 'outInterface'>;

export function makeLog({ isTraced }: World): Log {
  return { steps: [], questions: isTraced ? { asked: [], entered: new Set(), passed: [] } : null, accepted: null, translated: null };
}

/** Leads a packet through all tables of a hook. */
export function passHook(packet: Packet, hop: Hop, world: World, log: Log): Exit {
  const place: Place = { ...hop, network: world.network, client: world.client, memory: world.memory };
  const rules = world.ruleSets[packet.family];
  for (const table of TABLES[place.hook]) {
    const exit = table === 'nat' ? passNat(packet, place, world, log) : walk(rules, table, packet, place, world.guess, log);
    if (exit.verdict !== 'accept') {
      return exit;
    }
    if (table === 'raw' && rules.isTracking) {
      world.connections.track(packet);
    }
  }
  if (place.hook === 'postrouting' || place.hook === 'input') {
    world.connections.confirm(packet);
  }
  return { verdict: 'accept' };
}

/** nf_nat_inet_fn(): the rules decide once for each flow and each kind of NAT. The kernel then translates every packet of the flow. */
function passNat(packet: Packet, place: Place, { ruleSets, guess }: World, log: Log): Exit {
  const { tracking, family } = packet;
  if (place.hook === 'forward' || typeof tracking === 'string' || !ruleSets[family].hasNat) {
    return { verdict: 'accept' };
  }
  const at = MANIPULATIONS[place.hook];
  // Table nat is not asked about an ICMP error. It is asked about the RST of a REJECT.
  if (tracking.state !== 'ESTABLISHED' && !isIcmpError(packet) && !tracking.flow.decided[at]) {
    const exit = walk(ruleSets[family], 'nat', packet, place, guess, log);
    if (exit.verdict !== 'accept') {
      return exit;
    }
    tracking.flow.decided[at] = true;
  } else if (ruleSets[family].chains.has(toKey('nat', place.hook.toUpperCase()))) {
    log.questions?.passed.push({ hook: place.hook, table: 'nat' });
  }
  translate(packet, at);
  return { verdict: 'accept' };
}
