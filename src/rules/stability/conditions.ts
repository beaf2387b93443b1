import type { Condition } from '../../model/plan.js';
import { CLIENT_PORTS, PROTOCOLS } from '../../model/protocols.js';
import type { Protocol } from '../../model/result.js';
import type { Family } from '../../model/rule.js';
import { readAddressRange, toDigits } from '../values/address-range.js';

type Range = Condition['ranges'][number];

/**
 * What is known of a packet: for each field of a condition, the ranges (first, last) of its possible values. A missing field is unknown.
 */
export type PacketFacts = Partial<Record<Condition['of'], Range[]>>;

/** The header fields that conditions use. */
interface Headers {
  family: Family;
  protocol: Protocol | number;
  source: string;
  destination: string;
  sourcePort: number | null;
  destinationPort: number | null;
}

const READERS: Record<Condition['of'], (text: string) => Range | null> = {
  protocol: readByte,
  source: readAddressRange,
  destination: readAddressRange,
  sourcePort: readPorts,
  destinationPort: readPorts,
  port: readPorts,
  // A type with a code is a part of the type, which no range says.
  icmpType: readByte,
  // iptables writes eth+ for all names that begin with eth, nft writes eth*.
  interface: (text) => (/[+*]$/.test(text) ? [text.slice(0, -1), `${text.slice(0, -1)}\uffff`] : [text, text]),
};

const toByte = (number: number) => number.toString(16).padStart(2, '0');
const toPort = (number: number) => number.toString(16).padStart(4, '0');

/** Whether a packet can meet all conditions. An unknown field can meet any condition. */
export function canMeet(conditions: Condition[], facts: PacketFacts): boolean {
  return conditions.every(({ of, negated, ranges }) => {
    const known = facts[of];
    if (known === undefined) {
      return true;
    }
    return negated
      ? !known.some((fact) => ranges.some((range) => range[0] <= fact[0] && fact[1] <= range[1]))
      : known.some((fact) => ranges.some((range) => range[0] <= fact[1] && fact[0] <= range[1]));
  });
}

/**
 * The facts of a packet with these headers.
 *
 * @param device the only interface that it has at any hook where a condition checks it; null if unknown
 */
export function toFacts({ family, protocol, ...ends }: Headers, device: string | null): PacketFacts {
  const number = typeof protocol === 'number' ? protocol : PROTOCOLS[protocol].number[family];
  const facts: PacketFacts = {
    protocol: [just(toByte(number))],
    source: [just(toDigits(ends.source))],
    destination: [just(toDigits(ends.destination))],
  };
  if (typeof protocol !== 'number' && PROTOCOLS[protocol].hasPort) {
    facts.sourcePort = [toPorts(ends.sourcePort)];
    facts.destinationPort = [toPorts(ends.destinationPort)];
    facts.port = [...facts.sourcePort, ...facts.destinationPort];
  }
  if (device !== null) {
    facts.interface = [just(device)];
  }
  return facts;
}

function just(value: string): Range {
  return [value, value];
}

/** The range of a port. null is the port of a client, which the kernel and loopfw both choose from net.ipv4.ip_local_port_range. */
function toPorts(port: number | null): Range {
  return port === null ? [toPort(CLIENT_PORTS.first), toPort(CLIENT_PORTS.last)] : just(toPort(port));
}

/** Makes a condition. null if its values cannot be compared. */
export function toCondition(of: Condition['of'], negated: boolean, values: string[]): Condition | null {
  const ranges = values.map((value) => READERS[of](value)).filter((range) => range !== null);
  return ranges.length === values.length ? { of, negated, ranges } : null;
}

function readByte(text: string): Range | null {
  return /^\d{1,3}$/.test(text) ? just(toByte(Number(text))) : null;
}

/** N, FIRST:LAST or FIRST-LAST. FIRST: and :LAST have an open end. */
function readPorts(text: string): Range | null {
  const [, first = '', isRange, last = ''] = /^(\d{0,5})([:-]?)(\d{0,5})$/.exec(text) ?? [];
  if (isRange === undefined || (isRange === '' && (first === '' || last !== ''))) {
    return null;
  }
  return isRange === ''
    ? [toPort(Number(first)), toPort(Number(first))]
    : [toPort(Number(first)), toPort(last === '' ? 65535 : Number(last))];
}
