import { readAddressRange, toDigits } from '../../rules/values/address-range.js';
import { type Answer, any, unknown } from '../world/answer.js';
import { combine, type Condition, hasOption, type MatchModel, type Place, readOptions } from '../rule/condition.js';
import { isLocal } from '../world/network.js';
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
function isOfType(type: string, address: string, isLimited: boolean, { network }: Place): Answer {
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

/** lo is no Ethernet, so the match fails there, negated or not (net/netfilter/xt_mac.c). */
export const mac: MatchModel =
  () =>
  (_, { inInterface }) =>
    inInterface === 'lo' || inInterface === '' ? false : unknown('mac');

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

/** A packet that passes no bridge has no port: only `!` can match (net/netfilter/xt_physdev.c). A world with a bridge is not modelled. */
export const physdev: MatchModel = (options) => () => options.every(({ negated }) => negated);

/** On lo it holds; elsewhere it asks for the way back (net/ipv4/netfilter/ipt_rpfilter.c). */
export const rpfilter: MatchModel = (options) => {
  const isInverted = hasOption(options, '--invert');
  return (_, { inInterface }) => (inInterface === 'lo' ? !isInverted : unknown('rpfilter'));
};
