import type { Family } from '../../model/rule.js';
import { getFamily } from '../../words/addresses.js';
import { isLoopback, isOne, isUsable, overlap, pickHost, withoutLength } from './hosts.js';
import { type DraftInterface, type DraftNetwork, findNear, hasOwn } from './network.js';
import type { Way } from './ways.js';

/** One end of a probe. */
export interface End {
  address: string;
  /** null: the world itself. */
  via: string | null;
}

/** A prefix far away, and the offsets of a client and of a server there. */
const FAR: Record<Family, { prefix: string; client: number; server: number }> = {
  ipv4: { prefix: '203.0.113.0/24', client: 9, server: 80 },
  ipv6: { prefix: '2001:db8:9::/64', client: 9, server: 0x80 },
};
const LOOPBACK: Record<Family, string> = { ipv4: '127.0.0.1', ipv6: '::1' };
const NEAR_CLIENT = 20;
const NEAR_SERVER = 5;
const SOURCE_HOST = 7;
/** The offsets that are tried for a host of a prefix: the next ones are behind a network of 256 and one of 65,536 addresses. */
const FAR_HOSTS = [SOURCE_HOST, 256 + SOURCE_HOST, 65_536 + SOURCE_HOST];

/** The two ends for a way; null if no probe can go it. */
export function placeEnds(way: Way, network: DraftNetwork): { from: End; to: End } | null {
  const { hook, conditions } = way;
  const isOnLo =
    [...conditions.inInterfaces, ...conditions.outInterfaces].includes('lo') ||
    [...conditions.sources, ...conditions.destinations].some(isLoopback) ||
    network.interfaces.length === 0;
  if (isOnLo) {
    return placeOnLo(way);
  }
  if (conditions.destinations.length > 0 && !conditions.destinations.some(isUsable)) {
    return null;
  }
  const [inName, outName] = [conditions.inInterfaces, conditions.outInterfaces].map((names) => findNamed(names, network));
  // A client is at the interface whose network it is in, also where a rule names another one for it, as rules against forged addresses do.
  // Of a wider prefix, another address is found for the interface that the rule names.
  const isWide = inName !== undefined && conditions.sources.some((source) => isWiderThanNetworks(source, network));
  const near = isWide ? undefined : findHolder(conditions.sources, network);
  if (hook === 'forward') {
    const out = outName ?? findHolder(conditions.destinations, network) ?? chooseOther(near ?? inName, network);
    const into = near ?? inName ?? chooseOther(out, network);
    const isDirect = into.name === out.name && into.kind === 'interfaces';
    const [from, to] = [placeClient(way, into, network), placeServer(way, out, network)];
    return isDirect || from === null || to === null || hasOwn(network, to.address) ? null : { from, to };
  }
  if (hook === 'output') {
    const out = outName ?? findHolder(conditions.destinations, network) ?? getOuter(network);
    const [from, to] = [getOwn(out, way.family), placeServer(way, out, network)];
    return from === null || to === null ? null : { from: { address: from, via: null }, to };
  }
  const into = near ?? inName ?? findHolder(conditions.destinations, network) ?? getOuter(network);
  const from = placeClient(way, into, network);
  const own = conditions.destinations
    .filter((each) => isOne(each))
    .map(withoutLength)
    .find((each) => hasOwn(network, each));
  const to = own ?? getOwn(into, way.family);
  return from === null || to === null ? null : { from, to: { address: to, via: null } };
}

/** A client outside of an interface of which no rule speaks. */
export function placeStranger(each: DraftInterface, family: Family, network: DraftNetwork): End | null {
  const isOuter = each.name === network.outer;
  const prefix = isOuter ? FAR[family].prefix : each.addresses.find((own) => getFamily(own) === family);
  const address = prefix === undefined ? null : pickHost(prefix, isOuter ? FAR[family].client : NEAR_CLIENT, isTaken(network));
  return address === null ? null : { address, via: each.name };
}

/** The first address of an interface. */
export function getOwn(each: DraftInterface, family: Family): string | null {
  const own = each.addresses.find((address) => getFamily(address) === family);
  return own === undefined ? null : withoutLength(own);
}

function placeOnLo({ family, hook, conditions }: Way): { from: End; to: End } | null {
  if (hook === 'forward') {
    return null;
  }
  const pick = (prefixes: string[]) => {
    const prefix = prefixes.find((each) => isLoopback(each) && getFamily(each) === family);
    return prefix === undefined ? LOOPBACK[family] : pickHost(prefix, 1, () => false);
  };
  const [from, to] = [pick(conditions.sources), pick(conditions.destinations)];
  return from === null || to === null ? null : { from: { address: from, via: null }, to: { address: to, via: null } };
}

/** A client that the rules on the way let come to their end, as far as its address decides it. */
function placeClient(way: Way, into: DraftInterface, network: DraftNetwork): End | null {
  const [source] = way.conditions.sources;
  if (source === undefined) {
    return placeStranger(into, way.family, network);
  }
  const isElsewhere = (address: string) => (findNear(network, address, false) ?? into).name !== into.name;
  const isOther = (address: string) => isTaken(network)(address) || isElsewhere(address);
  const address = isOne(source)
    ? withoutLength(source)
    : (FAR_HOSTS.map((offset) => pickHost(source, offset, isOther)).find((each) => each !== null) ?? null);
  return address === null || !isUsable(address) || hasOwn(network, address) ? null : { address, via: into.name };
}

function placeServer(way: Way, out: DraftInterface, network: DraftNetwork): End | null {
  const [destination] = way.conditions.destinations;
  if (destination !== undefined && isOne(destination)) {
    return { address: withoutLength(destination), via: out.name };
  }
  const isOuter = out.name === network.outer;
  const prefix = destination ?? (isOuter ? FAR[way.family].prefix : out.addresses.find((own) => getFamily(own) === way.family));
  const offset = destination === undefined && isOuter ? FAR[way.family].server : NEAR_SERVER;
  const address = prefix === undefined ? null : pickHost(prefix, offset, isTaken(network));
  return address === null || !isUsable(address) ? null : { address, via: out.name };
}

function isTaken(network: DraftNetwork): (address: string) => boolean {
  return (address) => network.hosts.includes(address) || hasOwn(network, address);
}

/** The interface of a name; `eth+` is the first that begins so. */
function findNamed(names: string[], { interfaces }: DraftNetwork): DraftInterface | undefined {
  return interfaces.find(({ name }) => names.some((each) => name === each || (/[+*]$/.test(each) && name.startsWith(each.slice(0, -1)))));
}

/** The interface whose network has one of the addresses. */
function findHolder(prefixes: string[], network: DraftNetwork): DraftInterface | undefined {
  return prefixes.map((prefix) => findNear(network, withoutLength(prefix), false)).find((each) => each !== null) ?? undefined;
}

function isWiderThanNetworks(prefix: string, { interfaces }: DraftNetwork): boolean {
  const own = interfaces.flatMap(({ addresses }) => addresses.filter((address) => overlap(address, prefix)));
  const getLength = (address: string) => Number(address.split('/')[1] ?? Infinity);
  return own.length > 0 && own.every((address) => getLength(prefix) < getLength(address));
}

function getOuter({ interfaces, outer }: DraftNetwork): DraftInterface {
  return interfaces.find(({ name }) => name === outer) ?? { name: outer, kind: 'interfaces', addresses: [], isNamed: false };
}

/** The interface at the other side of the world: the one to the world, or the first of the others. */
function chooseOther(one: DraftInterface | undefined, network: DraftNetwork): DraftInterface {
  const outer = getOuter(network);
  return one?.name === outer.name ? (network.interfaces.find(({ name }) => name !== outer.name) ?? outer) : outer;
}
