import ipaddr from 'ipaddr.js';
import type { Condition } from '../../model/plan.js';
import { CLIENT_PORTS, PROTOCOLS } from '../../model/protocols.js';
import type { Protocol } from '../../model/result.js';
import type { Family } from '../../model/rule.js';

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
  protocol: (text) => (/^\d{1,3}$/.test(text) ? [toProtocol(Number(text)), toProtocol(Number(text))] : null),
  source: readAddresses,
  destination: readAddresses,
  sourcePort: readPorts,
  destinationPort: readPorts,
  port: readPorts,
  // iptables writes eth+ for all names that begin with eth, nft writes eth*.
  interface: (text) => (/[+*]$/.test(text) ? [text.slice(0, -1), `${text.slice(0, -1)}\uffff`] : [text, text]),
};

const toProtocol = (number: number) => number.toString(16).padStart(2, '0');
const toPort = (number: number) => number.toString(16).padStart(4, '0');
const toAddress = (text: string) => Buffer.from(ipaddr.parse(text).toByteArray()).toString('hex');

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
    protocol: [just(toProtocol(number))],
    source: [just(toAddress(ends.source))],
    destination: [just(toAddress(ends.destination))],
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

/** ADDRESS, ADDRESS/LENGTH or FIRST-LAST. */
function readAddresses(text: string): Range | null {
  const [host = '', length] = text.split('/');
  if (length !== undefined) {
    return ipaddr.isValid(host) && /^\d{1,3}$/.test(length) ? getNetwork(toAddress(host), Number(length)) : null;
  }
  const [first = '', last = first, ...rest] = text.split('-');
  return rest.length === 0 && ipaddr.isValid(first) && ipaddr.isValid(last) ? [toAddress(first), toAddress(last)] : null;
}

function getNetwork(digits: string, length: number): Range {
  const hosts = (1n << BigInt(digits.length * 4 - length)) - 1n;
  const address = BigInt(`0x${digits}`);
  const print = (value: bigint) => value.toString(16).padStart(digits.length, '0');
  return [print(address & ~hosts), print(address | hosts)];
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
