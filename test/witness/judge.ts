// What a witness says of a probe, from the client's own word and from counters before and after. No trace is read.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cause, Outcome } from '../../src/model/result.js';
import type { Party, WitnessScenario, WitnessWorld } from './world.js';

/** A counter of iptables: a rule by its number in the file, or the policy of a chain. */
interface Counter {
  rule: number | string;
  target: string;
  packets: number;
}

export interface Testimony {
  outcome: Outcome;
  /** The causes that fit what was counted. */
  causes: Cause[];
  /** The rules and policies that ended a packet. */
  enders: (number | string)[];
  /** All rules that counted a packet. */
  met: (number | string)[];
}

const OUTCOMES: Record<string, Outcome> = {
  connected: 'connected',
  timeout: 'timeout',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EPERM: 'denied',
  ECONNRESET: 'reset',
};

/** A SYN is sent again after a second. A shorter limit counts the first packet only. */
const LIMIT_MS = 700;
const FIRST_PORT = 50000;

/** Asks the witness's world what each probe of the scenario sees, and which counters grow. */
export async function hearAll(world: WitnessWorld, save: string, rules: string, scenario: WitnessScenario): Promise<Testimony[]> {
  const ports = scenario.probes.map((_, index) => FIRST_PORT + index);
  const arrivals = ports.map((port) => `add rule inet witness arrived meta l4proto { tcp, udp } th sport ${port} counter\n`);
  for (const place of world.places) {
    await world.run(place, ['nft', '-f', '-'], arrivals.join(''));
  }
  const count = async () => readCounters(await world.run(null, [save, '-c']), rules);
  const heard: { said: string; grown: Counter[] }[] = [];
  let before = await count();
  for (const [index, { from, to }] of scenario.probes.entries()) {
    const client = scenario.clients[from]!;
    const { address, via }: Party = typeof client === 'string' ? { address: client } : client;
    const { protocol, ...target } = getTarget(to, scenario);
    const said = await world.ask(via ?? null, protocol, [address, ports[index]!, target.address, target.port], LIMIT_MS);
    await sleep(20);
    const after = await count();
    heard.push({ said, grown: after.filter(({ packets }, place) => packets > (before[place]?.packets ?? 0)) });
    before = after;
  }
  const lists = await Promise.all(world.places.map((place) => world.run(place, ['nft', 'list', 'chain', 'inet', 'witness', 'arrived'])));
  return heard.map(({ said, grown }, index) => {
    const hasArrived = lists.some((list) => new RegExp(`th sport ${ports[index]} counter packets [1-9]`).test(list));
    const enders = grown.filter(({ target }) => target === 'DROP' || target === 'REJECT');
    const outcome = OUTCOMES[said] ?? 'reset';
    return {
      outcome,
      causes: getCauses(outcome, enders, hasArrived),
      enders: enders.map(({ rule }) => rule),
      met: grown.map(({ rule }) => rule),
    };
  });
}

function getCauses(outcome: Outcome, enders: Counter[], hasArrived: boolean): Cause[] {
  const hasRejected = enders.some(({ target }) => target === 'REJECT');
  if (outcome === 'connected') {
    return ['service'];
  }
  if (outcome === 'refused' || outcome === 'unreachable') {
    return hasRejected ? ['rejected'] : ['no-listener'];
  }
  if (enders.length === 0) {
    return ['silent'];
  }
  return hasArrived ? ['answer-eaten'] : hasRejected ? ['rejected', 'answer-eaten'] : ['dropped'];
}

function getTarget(to: string, { servers }: WitnessScenario): { protocol: string; address: string; port: number } {
  const [, protocol = '', address = '', port = ''] = /^(\w+):\/\/([\d.]+):(\d+)$/.exec(to) ?? [];
  return servers[to] ?? { protocol, address, port: Number(port) };
}

/** The counters of iptables-save -c, each with the number that the rule has in the file. */
function readCounters(saved: string, rules: string): Counter[] {
  const numbers = new Map<string, number>();
  for (const [number, { key }] of listRules(rules).entries()) {
    numbers.set(key, number);
  }
  return [
    ...listRules(saved).map(({ key, packets, target }) => ({ rule: numbers.get(key) ?? key, target, packets })),
    ...[...saved.matchAll(/^:(\w+) (ACCEPT|DROP) \[(\d+):/gm)].map(([, chain, target = '', packets]) => ({
      rule: `policy ${chain}`,
      target,
      packets: Number(packets),
    })),
  ];
}

/** The rules of a file: a key by table, chain and place in the chain. */
function listRules(text: string): { key: string; packets: number; target: string }[] {
  let table = '';
  const places = new Map<string, number>();
  return text.split('\n').flatMap((line) => {
    table = /^\*(\w+)/.exec(line)?.[1] ?? table;
    const [, packets = '0', chain] = /^(?:\[(\d+):\d+\] )?-A (\S+)/.exec(line) ?? [];
    if (chain === undefined) {
      return [];
    }
    const place = places.get(`${table} ${chain}`) ?? 0;
    places.set(`${table} ${chain}`, place + 1);
    return [{ key: `${table} ${chain} ${place}`, packets: Number(packets), target: / -j (\S+)/.exec(line)?.[1] ?? '' }];
  });
}
