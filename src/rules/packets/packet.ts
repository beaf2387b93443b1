import { CLIENT_PORTS } from '../../model/protocols.js';
import type { Family } from '../../model/rule.js';
import { ADDRESS_BITS } from '../../words/addresses.js';
import { ALL_FLAGS, findFlags, findStates } from './combinations.js';
import { getIdentity } from './fields.js';
import type { PacketSet } from './packet-set.js';
import { type Range, readAddresses } from './ranges.js';

/** A packet at a hook, as far as it is known. What is null is not known. */
export interface KnownPacket {
  family: Family;
  /** The number of its protocol. */
  protocol: number;
  source: string | null;
  destination: string | null;
  /** null: the port of a client, which the kernel or loopfw chooses. undefined: the protocol has no ports. */
  sourcePort?: number | null;
  destinationPort?: number | null;
  /** The type and the code of ICMP or ICMPv6. */
  icmp?: [type: number, code: number];
  /** The flags of TCP that are set. */
  flags?: string;
  /** The bytes of the IP packet. */
  length?: number;
  state: string;
  /** Empty: it has no such interface at this hook. */
  inInterface: string | null;
  outInterface: string | null;
  /** Whether its destination is an address of the world. */
  isToWorld: boolean;
}

/** The set of this one packet, and of those that differ in nothing that is known. It has no mark. */
export function toSetOfOne(packet: KnownPacket): PacketSet {
  const { family, protocol, source, destination, sourcePort, destinationPort, icmp, flags, length, state, isToWorld } = packet;
  const numbers: PacketSet['numbers'] = { protocol: just(BigInt(protocol)) };
  const toAddress = (address: string) => readAddresses(`${address}/${ADDRESS_BITS[family]}`) ?? [];
  const toPort = (port: number | null): Range[] =>
    port === null ? [[BigInt(CLIENT_PORTS.first), BigInt(CLIENT_PORTS.last)]] : just(BigInt(port));
  return {
    numbers: {
      ...numbers,
      ...(source === null ? {} : { source: toAddress(source) }),
      ...(destination === null ? {} : { destination: toAddress(destination) }),
      ...(sourcePort === undefined ? {} : { sourcePort: toPort(sourcePort) }),
      ...(destinationPort === undefined ? {} : { destinationPort: toPort(destinationPort) }),
      ...(length === undefined ? {} : { length: just(BigInt(length)) }),
      ...(icmp === undefined ? {} : { icmp: just(BigInt(icmp[0] * 256 + icmp[1])) }),
    },
    flags: flags === undefined ? ALL_FLAGS : findFlags(['FIN,SYN,RST,PSH,ACK,URG', flags]),
    states: findStates(state),
    inInterfaces: toInterface(packet.inInterface),
    outInterfaces: toInterface(packet.outInterface),
    fragment: false,
    hasHeader: true,
    marks: [{ value: 0, mask: 0xffffffff, negated: false }],
    others: isToWorld ? [getIdentity('addrtype', TO_LOCAL, [TO_LOCAL])] : [],
  };
}

const TO_LOCAL = { flag: '--dst-type', negated: false, values: ['LOCAL'] };

function just(value: bigint): Range[] {
  return [[value, value]];
}

function toInterface(name: string | null): PacketSet['inInterfaces'] {
  return name === null ? [] : [{ negated: false, value: name }];
}
