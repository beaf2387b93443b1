import type { Family } from '../../model/rule.js';
import { ADDRESS_BITS, parseNatDestination } from '../../words/addresses.js';
import { type AddressRange, readAddressRange } from '../../rules/values/address-range.js';
import type { Guess, TargetModel, Verdict } from '../rule/action.js';
import { getValue, hasOption, type Place, readRange } from '../rule/condition.js';
import { isPortWithin } from '../world/network.js';
import { MANIPULATIONS } from '../world/connections.js';
import type { End, Manipulation, Packet, Ports } from '../world/packet.js';

/** What NAT gives to an end of a flow. */
export interface Wanted {
  addresses: AddressRange | null;
  ports: Ports | null;
  /** The original port that becomes the first of the ports; null if the port is not shifted. */
  base: number | null;
  isRandom: boolean;
}

/** The ports that the kernel draws from, where a rule names none. */
const DRAWN: Ports = [1024, 65535];
/** The address to which REDIRECT sends a packet of the world itself. */
const OWN: Record<Family, string> = { ipv4: '7f000001', ipv6: `${'0'.repeat(31)}1` };

/** get_unique_tuple() of net/netfilter/nf_nat_core.c: what the flow's end becomes. */
export function give(packet: Packet, at: Manipulation, wanted: Wanted, guess: Guess): Verdict {
  if (typeof packet.tracking === 'string') {
    return 'accept';
  }
  const { flow } = packet.tracking;
  const old = flow.translated[at];
  const address = chooseAddress(old.address, at, wanted, guess);
  if (address === null) {
    return { unknown: 'NAT to more than two addresses' };
  }
  const ports = old.ports && choosePorts(old.ports, at, wanted, guess);
  if (address !== old.address || ports?.[0] !== old.ports?.[0] || ports?.[1] !== old.ports?.[1]) {
    flow.translated = { ...flow.translated, [at]: { address, ports } satisfies End };
    flow.changed[at] = true;
  }
  return 'accept';
}

function chooseAddress(old: string, at: Manipulation, { addresses, isRandom }: Wanted, guess: Guess): string | null {
  if (addresses === null) {
    return old;
  }
  const [first, last] = addresses;
  if (first === last || (at === 'source' && !isRandom && first <= old && old <= last)) {
    return first === last ? first : old;
  }
  const areTwo = BigInt(`0x${last}`) - BigInt(`0x${first}`) === 1n;
  return areTwo ? (guess('the address that NAT chooses') ? first : last) : null;
}

/** A port that is shifted keeps its distance from the base. Else a port in the range stays as it is. Otherwise DNAT takes the first one, and SNAT draws. */
function choosePorts(old: Ports, at: Manipulation, { ports, base, isRandom }: Wanted, guess: Guess): Ports {
  if (ports !== null && base !== null) {
    const shifted = ports[0] + (((old[0] - base) & 0xffff) % (ports[1] - ports[0] + 1));
    return [shifted, shifted];
  }
  if (isRandom) {
    return ports ?? (at === 'source' ? DRAWN : old);
  }
  if (ports === null) {
    return old;
  }
  const stays = isPortWithin(old, ports);
  if (stays === true || (stays !== false && guess('the port that NAT keeps'))) {
    return old;
  }
  return at === 'source' ? ports : [ports[0], ports[0]];
}

function readPorts(text: string): Ports | null {
  return text === '' ? null : readRange(text, '-');
}

/** ADDRESS[-ADDRESS][:PORT[-PORT][/BASE]] or :PORT[-PORT][/BASE] */
function readWanted(text: string): Pick<Wanted, 'addresses' | 'ports' | 'base'> {
  const destination = parseNatDestination(text);
  const [, ports = '', base] = text.includes('[') || text.split(':').length === 2 ? (/:(\d+(?:-\d+)?)(?:\/(\d+))?$/.exec(text) ?? []) : [];
  return {
    addresses: destination && readAddressRange(`${destination.first}-${destination.last}`),
    ports: readPorts(ports),
    base: base === undefined ? null : Number(base),
  };
}

function translating(flag: string, at: Manipulation): TargetModel {
  return (options) => {
    const isRandom = hasOption(options, '--random') || hasOption(options, '--random-fully');
    const wanted = { ...readWanted(getValue(options, flag)), isRandom };
    return (packet, _, guess) => give(packet, at, wanted, guess);
  };
}

export const dnat = translating('--to-destination', 'destination');
export const snat = translating('--to-source', 'source');

/** The address that a target finds where a packet is, or what happens for lack of one. */
export type Found = { address: string } | { instead: Verdict };

function located(at: Manipulation, find: (place: Place, packet: Packet) => Found): TargetModel {
  return (options) => {
    const ports = readPorts(getValue(options, '--to-ports'));
    const isRandom = hasOption(options, '--random') || hasOption(options, '--random-fully');
    return (packet, place, guess) => {
      const found = find(place, packet);
      return 'instead' in found
        ? found.instead
        : give(packet, at, { addresses: [found.address, found.address], ports, base: null, isRandom }, guess);
    };
  };
}

function findOwn(name: string, { network }: Place, { family }: Packet): Found {
  const own = network.interfaces
    .find((each) => each.name === name)
    ?.addresses.filter((address) => (address.length === 8) === (family === 'ipv4'));
  const [address] = own ?? [];
  return own?.length === 1 && address !== undefined ? { address } : { instead: { unknown: `the address of ${name} for NAT` } };
}

/** The address to which a packet is redirected. */
export function findRedirected(place: Place, packet: Packet): Found {
  return place.hook === 'output' ? { address: OWN[packet.family] } : findOwn(place.inInterface, place, packet);
}

export const redirect = located('destination', findRedirected);

/**
 * The address of the interface by which the packet leaves. 127.0.0.1 is of scope host, so on lo there is none for IPv4: the packet is dropped
 * (net/netfilter/nf_nat_masquerade.c).
 */
export function findMasquerade(place: Place, packet: Packet): Found {
  if (place.outInterface !== 'lo') {
    return findOwn(place.outInterface, place, packet);
  }
  const isAlone = place.network.interfaces.length === 0;
  return packet.family === 'ipv6' ? { address: OWN.ipv6 } : { instead: isAlone ? 'drop' : { unknown: 'MASQUERADE on lo' } };
}

export const masquerade = located('source', findMasquerade);

/** Changes the bits of the network, and keeps those of the host. */
export const netmap: TargetModel = (options, family) => {
  const [network = '', length = '0'] = getValue(options, '--to').split('/');
  const bits = ADDRESS_BITS[family];
  const hosts = (1n << BigInt(bits - Number(length))) - 1n;
  const range = readAddressRange(network);
  return (packet, { hook }, guess) => {
    if (hook === 'forward' || range === null || typeof packet.tracking === 'string') {
      return { unknown: 'NETMAP' };
    }
    const at = MANIPULATIONS[hook];
    const host = BigInt(`0x${packet.tracking.flow.translated[at].address}`) & hosts;
    const address = (BigInt(`0x${range[0]}`) | host).toString(16).padStart(bits / 4, '0');
    return give(packet, at, { addresses: [address, address], ports: null, base: null, isRandom: false }, guess);
  };
};
