import type { Family } from '../../../model/rule.js';
import { getFamily } from '../../../words/addresses.js';
import type { DraftInterface, DraftNetwork } from '../network.js';
import { type End, getOwn, placeEnds, placeStranger } from '../places.js';
import type { DraftProtocol } from '../rule-words.js';
import type { Way } from '../ways.js';

/** A port of which a rule seldom speaks: the first that no rule names shows what all others meet. */
const UNNAMED_PORTS = [9, 79, 4000, 49_999];
/** The most interfaces for which every pair is asked. With more, only the pairs that rules name. */
const MOST_PAIRED = 4;
export const LOOPBACK: Record<Family, string> = { ipv4: '127.0.0.1', ipv6: '::1' };

/** What a client asks for, at one end. */
export interface Target {
  to: End;
  protocol: DraftProtocol;
  /** 0 for ICMP. */
  port: number;
  /** Whether a server listens there. */
  isServed: boolean;
}

/** A question of a draft, before its ends have names. */
export interface Question extends Target {
  from: End;
  /** The prefix of a rule for which the client is there; null: no rule names it. */
  named: string | null;
  /** What this rule does with it; null: no rule names it. */
  drops: boolean | null;
  /** Whether clients of the other interfaces are asked for the service, too. */
  isForAll: boolean;
}

/** A question for each service that a rule names, and one from elsewhere where the rule asks for a client's address. */
export function listServices(ways: Way[], network: DraftNetwork): Question[] {
  const unnamed = findUnnamed(ways);
  return ways.flatMap((way) => {
    const { sources } = way.conditions;
    const isAsked = way.hook === 'prerouting' ? way.action.kind === 'translate' : way.hook !== 'postrouting' && way.action.kind === 'end';
    const ends = isAsked ? placeEnds(way, network) : null;
    if (ends === null) {
      return [];
    }
    const elsewhere = sources.length === 0 ? null : placeEnds({ ...way, conditions: { ...way.conditions, sources: [] } }, network);
    const [source] = sources;
    const named = source === undefined ? NOT_NAMED : { named: source.replace(/\/(?:32|128)$/, ''), drops: isDropping(way) };
    return [{ ...ends, ...named }, ...(elsewhere === null ? [] : [{ ...elsewhere, ...NOT_NAMED }])].flatMap((each) =>
      askWay(way, each, network, unnamed),
    );
  });
}

const NOT_NAMED = { named: null, drops: null };

function isDropping({ action }: Way): boolean {
  return action.kind === 'end' && action.drops;
}

/** What is asked of a way between two ends. */
function askWay(way: Way, each: Pick<Question, 'from' | 'to' | 'named' | 'drops'>, network: DraftNetwork, unnamed: number): Question[] {
  const { protocols, ports, destinations } = way.conditions;
  const [into, out] = [each.from.via, each.to.via];
  const stranger = out === null ? each.to : findStranger(each.to, network);
  return (protocols.length === 0 ? (['tcp'] as const) : protocols).flatMap((protocol): Question[] => {
    if (protocol === 'icmp') {
      // No server is put at an address outside only for a ping: the machine that is there in any case is asked.
      const to = isDropping(way) && destinations.length > 0 ? each.to : stranger;
      return to === null ? [] : [{ ...each, to, protocol, port: 0, isServed: false, isForAll: false }];
    }
    if (ports.length > 0) {
      return ports.map((port) => ({ ...each, protocol, port, isServed: true, isForAll: way.hook === 'input' }));
    }
    // A rule for a client and all ports: the client is asked in the tables of its interface.
    const isOnWay = into === null ? out === null : into !== out;
    const isOfClient = each.named !== null && protocol === 'tcp' && isOnWay && stranger !== null;
    return isOfClient ? [{ ...each, to: stranger, protocol, port: unnamed, isServed: false, isForAll: false }] : [];
  });
}

/** The machine of which no rule speaks, at the same interface. */
function findStranger({ address, via }: End, network: DraftNetwork): End | null {
  const each = network.interfaces.find(({ name }) => name === via);
  return each === undefined ? null : placeStranger(each, getFamily(address), network);
}

/** A port of which no rule speaks. */
function findUnnamed(ways: Way[]): number {
  const named = new Set(ways.flatMap(({ conditions }) => conditions.ports));
  return UNNAMED_PORTS.find((each) => !named.has(each)) ?? 1;
}

/** Asks clients of every interface for the services of the machine: what is meant for one of them may be open to another. */
export function spread(services: Question[], network: DraftNetwork, families: Family[]): Question[] {
  const own = services.filter(({ from, to }) => from.via !== null && to.via === null);
  const toKey = (via: string | null, { to, protocol, port }: Target) => `${via} ${getFamily(to.address)} ${protocol} ${port}`;
  const asked = new Set(own.map((service) => toKey(service.from.via, service)));
  return own
    .filter(({ isForAll, to }) => isForAll && families.includes(getFamily(to.address)))
    .flatMap((service) =>
      network.interfaces.flatMap((each): Question[] => {
        const family = getFamily(service.to.address);
        const key = toKey(each.name, service);
        const [from, address] = asked.has(key) ? [null, null] : [placeStranger(each, family, network), getOwn(each, family)];
        asked.add(key);
        return from === null || address === null ? [] : [{ ...service, from, to: { address, via: null }, ...NOT_NAMED }];
      }),
    );
}

/** Questions of which the rules need not speak: ping, and a port that no rule names, in each direction. */
export function listOthers(ways: Way[], network: DraftNetwork, families: Family[], services: Question[]): Question[] {
  const port = findUnnamed(ways);
  const ask = (from: End | null, to: End | null): Question[] =>
    from === null || to === null
      ? []
      : [
          { from, to, protocol: 'icmp', port: 0, isServed: false, ...NOT_NAMED, isForAll: false },
          { from, to, protocol: 'tcp', port, isServed: false, ...NOT_NAMED, isForAll: false },
        ];
  return families.flatMap((family) => {
    const own = (each: DraftInterface): End | null => {
      const address = getOwn(each, family);
      return address === null ? null : { address, via: null };
    };
    const stranger = (each: DraftInterface) => placeStranger(each, family, network);
    const isPaired = (one: DraftInterface, other: DraftInterface) =>
      one.name !== other.name &&
      (network.interfaces.length <= MOST_PAIRED ||
        services.some(({ from, to }) => from.via === one.name && to.via === other.name && getFamily(to.address) === family));
    const { interfaces } = network;
    const lo: End = { address: LOOPBACK[family], via: null };
    return [
      ...interfaces.flatMap((each) => ask(stranger(each), own(each))),
      ...interfaces.flatMap((one) =>
        interfaces.filter((other) => isPaired(one, other)).flatMap((other) => ask(stranger(one), stranger(other))),
      ),
      ...interfaces.flatMap((each) => ask(own(each), stranger(each))),
      ...ask(lo, lo),
    ];
  });
}

/** Whether no rule speaks of a client: it is the one that stands for everyone who comes in by its interface. */
export function isStranger({ address, via }: End, network: DraftNetwork): boolean {
  const each = network.interfaces.find(({ name }) => name === via);
  return each !== undefined && placeStranger(each, getFamily(address), network)?.address === address;
}
