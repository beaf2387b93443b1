import { readAddressRange, toDigits } from '../../rules/values/address-range.js';
import { type Answer, any, unknown } from '../world/answer.js';
import { combine, type Condition, hasOption, isNamed, type MatchModel, type Place, readOptions } from '../rule/condition.js';
import { findRoute, isLocal } from '../world/network.js';
import type { Packet } from '../world/packet.js';

/** Whether an address lies in ADDRESS, ADDRESS/LENGTH, ADDRESS/MASK or FIRST-LAST. */
export function readAddress(of: 'source' | 'destination', text: string): Condition {
  const range = readAddressRange(text);
  if (range !== null) {
    return (packet) => isBetween(packet[of].address, range);
  }
  // A mask with holes.
  const [wanted = 0n, mask = 0n] = text.split('/').map((part) => BigInt(`0x${toDigits(part)}`));
  return (packet) => (BigInt(`0x${packet[of].address}`) & mask) === wanted;
}

function isBetween(address: string, [first, last]: readonly [string, string]): boolean {
  return first <= address && address <= last;
}

/**
 * net/netfilter/xt_addrtype.c. IPv4: what the local table says of the address. IPv6: a local address is UNICAST, too.
 * What is not local is taken for UNICAST only where it is no broadcast address.
 */
export function isOfType(type: string, address: string, isLimited: boolean, { network }: Place): Answer {
  const isIPv4 = address.length === 8;
  const isMulticast = isIPv4 ? isBetween(address, ['e0000000', 'efffffff']) : address.startsWith('ff');
  const isOwn = isLocal(address, network);
  if (isLimited && network.interfaces.length > 0 && isOwn) {
    return unknown('addrtype of one interface');
  }
  switch (type) {
    case 'LOCAL':
      return isOwn;
    case 'UNICAST':
      return !isMulticast && (isIPv4 ? !isOwn && !isBroadcast(address) : isOwn || unknown('addrtype UNICAST'));
    case 'MULTICAST':
      return isMulticast;
    case 'BROADCAST':
      return isIPv4 && !isOwn && isBroadcast(address);
    case 'UNSPEC':
    case 'THROW':
      return false;
    default:
      return isIPv4 ? false : unknown(`addrtype ${type}`);
  }
}

/** The addresses that are broadcast in every world; those of its interfaces end in the last address of their network. */
function isBroadcast(address: string): boolean {
  return address === 'ffffffff' || address === '7fffffff' || address.startsWith('00') || address.endsWith('ff');
}

export const addrtype: MatchModel = (options) => {
  const isLimited = hasOption(options, '--limit-iface-in') || hasOption(options, '--limit-iface-out');
  const read = (of: 'source' | 'destination') => (types: string) => (packet: Packet, place: Place) =>
    any(types.split(',').map((type) => isOfType(type, packet[of].address, isLimited, place)));
  const asked = options.filter(({ flag }) => flag.endsWith('-type'));
  return combine(readOptions(asked, { '--src-type': read('source'), '--dst-type': read('destination') }));
};

export const iprange: MatchModel = (options) =>
  combine(
    readOptions(options, {
      '--src-range': (text = '') => readAddress('source', text),
      '--dst-range': (text = '') => readAddress('destination', text),
    }),
  );

/** How the link-layer addresses begin that loopfw gives to machines. */
const OWN_MACS = '02:00:00:00:';

/** lo is no Ethernet, so the match fails there, negated or not (net/netfilter/xt_mac.c). */
export const mac: MatchModel = (options) => {
  const [asked] = options;
  const wanted = asked?.values[0]?.toLowerCase();
  return ({ source }, { inInterface, network }) => {
    if (inInterface === 'lo' || inInterface === '') {
      return false;
    }
    const { machines } = network.interfaces.find(({ name }) => name === inInterface) ?? { machines: [] };
    const own = machines.find(({ addresses }) => addresses.includes(source.address))?.mac;
    if (own === undefined || (own === null && wanted?.startsWith(OWN_MACS) === true)) {
      return unknown('mac');
    }
    return (own === wanted) !== asked?.negated;
  };
};

/** Packets between two hosts are unicast. */
export const pkttype: MatchModel = (options) =>
  combine(
    readOptions(options, {
      '--pkt-type':
        (type = '') =>
        (packet) =>
          packet.destination.address.endsWith('ff') ? unknown('pkttype') : type === 'unicast',
    }),
  );

/** net/netfilter/xt_physdev.c. A packet that is on no bridge has no port: only what is asked with `!` matches. */
export const physdev: MatchModel =
  (options) =>
  (_, { ports }) =>
    options.every(({ flag, negated, values: [name = ''] }) => {
      switch (flag) {
        case '--physdev-in':
          return (ports !== null && isNamed(ports.in, name)) !== negated;
        case '--physdev-out':
          // Without a port `!` does not match either, once the packet is on a bridge.
          return ports !== null && ports.out === null ? false : (ports?.out != null && isNamed(ports.out, name)) !== negated;
        case '--physdev-is-in':
          return (ports !== null) !== negated;
        default:
          return (ports !== null && ports.out !== null) !== negated;
      }
    });

/** On lo it holds; elsewhere the way back must lead by the interface by which the packet came in (net/ipv4/netfilter/ipt_rpfilter.c). */
export const rpfilter: MatchModel = (options) => {
  const [isInverted, isLoose, acceptsLocal, usesMark] = ['--invert', '--loose', '--accept-local', '--validmark'].map((flag) =>
    hasOption(options, flag),
  );
  return ({ source, destination, mark }, { inInterface, network }) => {
    if (inInterface === 'lo') {
      return isInverted !== true;
    }
    const query = { source: isLocal(destination.address, network) ? destination.address : '', destination: source.address };
    const route = findRoute({ ...query, mark: usesMark === true ? mark : 0, inInterface: 'lo' }, network);
    switch (route.to) {
      case 'unknown':
        return unknown('rpfilter');
      case 'machine':
      case 'nobody':
        return (isLoose === true || route.by.name === inInterface) !== isInverted;
      default:
        return (route.to === 'world' && acceptsLocal === true && isLoose === true) !== isInverted;
    }
  };
};
