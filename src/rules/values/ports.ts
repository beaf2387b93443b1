import type { Family } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import type { OptionRow, PlainParser, ValueParser } from '../extension.js';
import { anyAddressRange } from './addresses.js';
import { inOrder, integer, MOST_64, rangeOf } from './numbers.js';
import { findService } from './services.js';

const LAST = 65535;
const SLOTS = 15;
const number = integer('a port', 0, LAST);

/** Makes a parser for a port, by number or by the name of a service. */
function portOf(getProtocol: (protocol: string | null) => string | null): ValueParser {
  return (text, _family, protocol) => (/^[a-z][\w-]*$/i.test(text) ? findService(text, getProtocol(protocol)) : number(text));
}

/**
 * A port as getaddrinfo(3) reads it: a decimal number, with a sign or blanks before it, whose upper bits are lost, or the name of a service
 * of any protocol.
 */
const anyPort: ValueParser = (text) => {
  if (!/^\s*[-+]?\d+$/.test(text)) {
    return findService(text, null);
  }
  const value = BigInt(text.trim().replace('+', ''));
  const kept = value >= MOST_64 ? -1n : BigInt.asIntN(32, value);
  if (kept < 0n) {
    throw new RuleError(`"${text}" is not a port: a number from 0 to ${LAST}`);
  }
  return String(kept & 0xffffn);
};
const portOfRule = portOf((protocol) => protocol ?? '');

/** The values of an option that is a port or a range of ports. The name of a service may be that of any protocol. */
export const PORTS: Pick<OptionRow, 'values' | 'whole'> = { values: [rangeOf(anyPort, 0, LAST)], whole: `0:${LAST}` };

/** As PORTS. The name of a service must be that of the rule's protocol, and the first port must not be the larger one. */
export const ORDERED_PORTS: Pick<OptionRow, 'values' | 'whole'> = { values: [inOrder(rangeOf(portOfRule, 0, LAST))], whole: `0:${LAST}` };

/** A port or a range of ports by number. */
export const portRange: PlainParser = (text) => rangeOf(number, 0, LAST)(text, 'ipv4', null);

/** ADDRESS[-ADDRESS][:PORT[-PORT]], or :PORT (iptables-extensions(8), SNAT and DNAT). IPv6 has [ADDRESS-ADDRESS]:PORT. */
export function natRange(text: string, family: Family): string {
  const [, shift] = /\d(\/\d+)$/.exec(text) ?? [];
  if (shift !== undefined) {
    throw new RuleError(`iptables loses the ${shift} of ${text}`);
  }
  return printNatRange(text, family, natPorts);
}

/** As natRange. A range of ports may be followed by /BASE, the first of the original ports, which become the first of the range. */
export function shiftedNatRange(text: string, family: Family): string {
  return printNatRange(text, family, shiftedPorts);
}

function printNatRange(text: string, family: Family, readPorts: PlainParser): string {
  const { addresses, ports } = (family === 'ipv4' ? splitIPv4 : splitIPv6)(text);
  if (text === '') {
    throw new RuleError('the address is empty');
  }
  const printed = addresses === '' ? '' : printAddresses(addresses, family);
  if (ports === null) {
    return printed;
  }
  const bracketed = family === 'ipv6' && printed !== '' ? `[${printed}]` : printed;
  return `${bracketed}:${readPorts(ports)}`;
}

function printAddresses(text: string, family: Family): string {
  const [from, to] = anyAddressRange(text, family).split('-');
  return from === to ? (from ?? '') : `${from}-${to}`;
}

interface NatParts {
  addresses: string;
  ports: string | null;
}

function splitIPv4(text: string): NatParts {
  const colon = text.indexOf(':');
  if (colon === -1) {
    return { addresses: text, ports: null };
  }
  // An IPv6 address, which anyAddressRange then refuses.
  if (text.indexOf(':', colon + 1) !== -1) {
    const addresses = getBracketed(text)?.addresses ?? '';
    return { addresses: addresses.includes(':') ? addresses : text, ports: null };
  }
  return { addresses: text.slice(0, colon), ports: text.slice(colon + 1) };
}

function splitIPv6(text: string): NatParts {
  if (/^:[^:]+$/.test(text)) {
    return { addresses: '', ports: text.slice(1) };
  }
  return getBracketed(text) ?? { addresses: text, ports: null };
}

/** The parts of [ADDRESS]:PORT or [ADDRESS]. */
function getBracketed(text: string): NatParts | null {
  const [, addresses, ports] = /^\[([^\]]*)\](?::(.*))?$/.exec(text) ?? [];
  return addresses === undefined ? null : { addresses, ports: ports ?? null };
}

/** PORT, PORT-PORT, or the name of a service. */
export function natPorts(text: string): string {
  if (/^[a-z]/i.test(text)) {
    return findService(text, null);
  }
  const [first = '', last = first, ...rest] = text.split('-');
  const [from, to] = [number(first), number(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range of ports: write FIRST-LAST`);
  }
  return from === to ? from : `${from}-${to}`;
}

const base = integer('the first of the original ports', 1, LAST);

function shiftedPorts(text: string): string {
  const [ports = '', first, ...rest] = text.split('/');
  if (first === undefined) {
    return natPorts(text);
  }
  if (rest.length > 0 || !/^\d+-\d+$/.test(ports)) {
    throw new RuleError(`"${text}" is not a shift of ports: write FIRST-LAST/BASE`);
  }
  const range = natPorts(ports);
  if (!range.includes('-')) {
    throw new RuleError(`"${text}" shifts one port: iptables writes it in a way that it cannot read`);
  }
  return `${range}/${/^[a-z]/i.test(first) ? findService(first, null) : base(first)}`;
}

const closed = inOrder(rangeOf(portOfRule, 0, LAST));
const listed: ValueParser = (text, ...context) => {
  const value = closed(text, ...context);
  if (text.includes(':') && !value.includes(':')) {
    throw new RuleError(`"${text}": iptables refuses a range of one port in a list, write ${value}`);
  }
  return value;
};

/**
 * Ports and ranges, separated by commas. They keep their order. A list has up to 15 ports, and a range counts as two
 * (iptables-extensions(8), multiport). iptables refuses 80:80 here, and open ranges.
 */
export const portList: ValueParser = (text, ...context) => {
  const elements = text.split(',').map((element) => {
    if (/^:|:$/.test(element)) {
      throw new RuleError(`"${element}": a range in a list of ports needs both ends`);
    }
    const range = listed(element, ...context);
    if (element.includes(':') && !range.includes(':')) {
      throw new RuleError(`"${element}" is one port: write ${range}`);
    }
    return range;
  });
  const slots = elements.join(':').split(':').length;
  if (slots > SLOTS) {
    throw new RuleError(`${slots} ports: a list has at most ${SLOTS}, and a range counts as two`);
  }
  return elements.join(',');
};
