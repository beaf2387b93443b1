import type { Family } from '../../model/rule.js';
import { type AddressRange, readAddressRange, toDigits } from '../../rules/values/address-range.js';
import type { Range } from '../../rules/packets/ranges.js';
import type { Interface, Network } from '../world/network.js';
import { isWithin, MAIN_TABLE } from '../world/routing.js';
import { holds } from '../rule/sets.js';
import type { Ways } from './wish.js';

/** An end of a probe. */
export interface ChosenEnd {
  /** Hexadecimal digits. */
  address: string;
  via: string | null;
  /** Whether the world, or a machine of it, has the address. */
  isKnown: boolean;
}

/** Addresses for documentation (RFC 5737, RFC 3849), from which strangers come. */
const STRANGERS: Record<Family, string[]> = {
  ipv4: ['cb00714d', 'c633644d', 'c000024d'],
  ipv6: ['20010db800000000000000000000004d', '20010db8000000ff000000000000004d'],
};
/** For interfaces that a world lacks (RFC 2544). */
const ADDED_ADDRESSES: Record<Family, string[]> = {
  ipv4: ['198.18.0.1/24', '198.18.1.1/24'],
  ipv6: ['2001:db8:18::1/64', '2001:db8:19::1/64'],
};
const ADDED_NAMES = ['eth0', 'eth1'];
/** Addresses that no machine has: this network, loopback, multicast and what is reserved; of IPv6 ::/8, link-local ones and multicast. */
const NOBODYS: Record<Family, RegExp> = { ipv4: /^(?:00|7f|[ef])/, ipv6: /^(?:00|fe[89ab]|ff)/ };

/** A client or server at the other end of an interface. */
export interface Outsider {
  address: string;
  via: string;
  isServer: boolean;
}

/** A world with what it lacked. */
export interface Extended {
  network: Network;
  /** The interfaces that were added. */
  added: { name: string; address: string }[];
  /** Whether it forwards packets now, and did not before. */
  forwardsMore: boolean;
}

/** The ends that clients and servers may have in a world. */
export class EndChooser {
  readonly #network: Network;
  readonly #outsiders: Outsider[];

  /** @param outsiders the clients and servers at the other ends of interfaces */
  constructor(network: Network, outsiders: Outsider[]) {
    this.#network = network;
    this.#outsiders = outsiders;
  }

  /** All pairs of ends that packets can go between, the simplest first. What a world lacks is added last. */
  listWays(wanted: string[]): Ways[] {
    const own = this.#network.interfaces.map(({ name }) => name);
    const missing = wanted.filter((name) => name !== 'lo' && !own.includes(name));
    const named = [...own, ...missing];
    const all = [...named, ...ADDED_NAMES.filter((name) => !named.includes(name)).slice(0, Math.max(1, 2 - named.length))];
    const pairs = [null, ...all].flatMap((client) => [null, ...all].map((server): Ways => ({ client, server })));
    const count = ({ client, server }: Ways) =>
      [client, server].filter((name) => name !== null && !own.includes(name)).length * 10 +
      Number(client !== null) +
      Number(server !== null);
    return pairs.filter(({ client, server }) => client === null || client !== server).sort((a, b) => count(a) - count(b));
  }

  /** The world with what these ways need. */
  addWays({ client, server }: Ways, family: Family): Extended {
    const missing = [client, server].filter((name) => name !== null && this.#network.interfaces.every((own) => own.name !== name));
    const added = missing.map((name, place) => ({ name: name ?? '', address: ADDED_ADDRESSES[family][place] ?? '' }));
    const interfaces = added.map(({ name, address }) => makeInterface(name, address));
    const { local, broadcasts, routes, forwards } = this.#network;
    const forwardsMore = client !== null && server !== null && !forwards[family];
    const networks = interfaces.flatMap((own) => own.networks.map((range) => ({ range, device: own.name })));
    const length = family === 'ipv4' ? 24 : 64;
    return {
      added,
      forwardsMore,
      network: {
        ...this.#network,
        interfaces: [...this.#network.interfaces, ...interfaces],
        local: [...local, ...interfaces.flatMap(({ addresses }) => addresses.map((one): AddressRange => [one, one]))],
        broadcasts: [...broadcasts, ...(family === 'ipv4' ? networks.map(({ range: [, last] }) => last) : [])],
        routes: [
          ...routes,
          ...networks.map((own) => ({ ...own, table: MAIN_TABLE, type: 'unicast' as const, length, metric: 0, via: null })),
        ],
        forwards: forwardsMore ? { ...forwards, [family]: true } : forwards,
      },
    };
  }

  /** An address of the world itself in these ranges: one of an interface first, if the other end is at it. */
  chooseLocal(ranges: readonly Range[], other: string | null, network: Network, family: Family): ChosenEnd | null {
    const loopback = family === 'ipv4' ? '7f000001' : `${'0'.repeat(31)}1`;
    const near = network.interfaces.filter(({ name }) => name === other).flatMap(({ addresses }) => addresses);
    const own = network.interfaces.flatMap(({ addresses }) => addresses);
    const known = (other === null ? [loopback, ...own] : [...near, ...own]).filter((one) => isOfFamily(one, family));
    const fitting = known.find((one) => holds(ranges, toNumber(one)));
    if (fitting !== undefined) {
      return { address: fitting, via: null, isKnown: true };
    }
    const ofRanges = network.local
      .filter(([first]) => isOfFamily(first, family) && (other === null || !first.startsWith('7f')))
      .flatMap(([first, last]) => ranges.flatMap((range) => pickWithin(range, [toNumber(first), toNumber(last)])));
    const free = ofRanges.map((value) => print(value, family)).find((one) => !network.broadcasts.includes(one));
    return free === undefined ? null : { address: free, via: null, isKnown: true };
  }

  /** The address of a machine at an interface: one that is there already, a neighbour, or a stranger. */
  chooseOutside(
    ranges: readonly Range[],
    via: string,
    taken: string | null,
    asServer: boolean,
    network: Network,
    family: Family,
  ): ChosenEnd | null {
    const isFree = (address: string) =>
      address !== taken &&
      !NOBODYS[family].test(address) &&
      !network.local.some((range) => isWithin(address, range)) &&
      !network.broadcasts.includes(address) &&
      !this.#outsiders.some((one) => one.address === address && one.via !== via) &&
      !network.interfaces.some(({ name, machines }) => name !== via && machines.some(({ addresses }) => addresses.includes(address)));
    const isRight = (address: string) => holds(ranges, toNumber(address)) && isFree(address);
    const known = this.#outsiders.filter((one) => one.via === via && isOfFamily(one.address, family) && isRight(one.address));
    const there = known.find(({ isServer }) => isServer === asServer) ?? known[0];
    if (there !== undefined) {
      return { address: there.address, via, isKnown: true };
    }
    const networks = network.interfaces.filter(({ name }) => name === via).flatMap((own) => own.networks);
    const neighbours = networks
      .filter(([first]) => isOfFamily(first, family))
      .flatMap(([first, last]) => ranges.flatMap((range) => pickWithin(range, [toNumber(first) + 1n, toNumber(last) - 1n], 76n)));
    const any = ranges.flatMap((range) => pickWithin(range, range, 77n));
    const fitting = [
      ...neighbours.map((value) => print(value, family)),
      ...STRANGERS[family],
      ...any.map((value) => print(value, family)),
    ].find(isRight);
    return fitting === undefined ? null : { address: fitting, via, isKnown: false };
  }
}

/** The world with a machine at an interface. A route leads to it, as loopfw adds one (input/scenario/world/way-back.ts). */
export function addMachine(network: Network, { address, via, isKnown }: ChosenEnd, isServer: boolean): Network {
  if (via === null || isKnown) {
    return network;
  }
  const machine = { addresses: [address], mac: null, port: null, isRouter: false, isAsked: isServer };
  const interfaces = network.interfaces.map((own) => {
    const port = own.kind === 'bridge' ? `veth${own.machines.length + 1}` : null;
    return own.name === via ? { ...own, machines: [...own.machines, { ...machine, port }] } : own;
  });
  const isNear = network.interfaces.some(({ name, networks }) => name === via && networks.some((range) => isWithin(address, range)));
  const route = {
    table: MAIN_TABLE,
    type: 'unicast' as const,
    range: [address, address] as AddressRange,
    length: address.length * 4,
    metric: 0,
  };
  return { ...network, interfaces, routes: isNear ? network.routes : [...network.routes, { ...route, via: null, device: via }] };
}

function makeInterface(name: string, text: string): Interface {
  const range = readAddressRange(text);
  return {
    ...{ name, kind: 'cable', mtu: 1500, addresses: [toDigits(text.split('/')[0] ?? '')] },
    ...{ networks: range === null ? [] : [range], machines: [] },
  };
}

/** A number in both ranges: `further` behind their beginning, if they are so long. */
function pickWithin([first, last]: Range, [from, to]: Range, further = 0n): bigint[] {
  const [least, most] = [first > from ? first : from, last < to ? last : to];
  return least > most ? [] : least + further <= most ? [least + further, least + 1n, least] : [least, most];
}

function toNumber(digits: string): bigint {
  return BigInt(`0x${digits}`);
}

function print(value: bigint, family: Family): string {
  return value.toString(16).padStart(family === 'ipv4' ? 8 : 32, '0');
}

function isOfFamily(digits: string, family: Family): boolean {
  return (digits.length === 8) === (family === 'ipv4');
}
