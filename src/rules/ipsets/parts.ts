import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { ADDRESS_BITS, FAMILY_NAMES, getFamily } from '../../words/addresses.js';
import { quote } from '../../words/phrases.js';
import { RuleError } from '../errors.js';
import { icmp, icmp6 } from '../extensions/matches/icmp.js';
import { prefix } from '../values/addresses.js';
import { setName } from '../values/names.js';
import { readNumber, toHex } from '../values/numbers.js';
import { protocolNumber } from '../values/protocol.js';
import { findService, isService } from '../values/services.js';

/**
 * What a part of an element holds.
 * - address: one address. addresses: for IPv4 also a range or a prefix, of which each address is an element
 * - network: a prefix; for IPv4 also a range, of which each of the fewest prefixes is an element. any network: also /0
 * - service: a protocol and its ports. ports: ports alone
 */
export type ElementPart = 'address' | 'addresses' | 'any network' | 'interface' | 'mac' | 'mark' | 'network' | 'ports' | 'service' | 'set';

/** A part of an element: its texts for ipset, each for an element of its own, and for how many elements they stand. */
export interface ReadPart {
  texts: string[];
  count: number;
  /** The first and the last number of an IPv4 address or a port. */
  range?: [number, number];
}

/** The protocols that have ports in a set: tcp, udp, sctp and udplite. */
const WITH_PORTS = ['6', '17', '132', '136'];

/** The protocols that have services, by number. */
const PROTOCOL_NAMES: Record<string, string> = { 6: 'tcp', 17: 'udp', 132: 'sctp' };

const ICMP: Record<string, { family: Family; row: typeof icmp }> = {
  1: { family: 'ipv4', row: icmp },
  58: { family: 'ipv6', row: icmp6 },
};

/** Reads a part of an element. @throws RuleError */
export function readPart(part: ElementPart, text: string, family: Family): ReadPart {
  return READERS[part](text, family);
}

const READERS: Record<ElementPart, (text: string, family: Family) => ReadPart> = {
  address: (text, family) => one(readAddress(text, family)),
  addresses: readAddresses,
  network: (text, family) => readNetwork(text, family, 1),
  'any network': (text, family) => readNetwork(text, family, 0),
  ports: readBitmapPorts,
  service: readService,
  set: (text) => one(setName(text)),
  mark: (text) => one(toHex(readNumber('a mark', text, 0xffffffff))),
  mac(text) {
    if (!/^[\da-f]{1,2}(?::[\da-f]{1,2}){5}$/i.test(text)) {
      throw new RuleError(`${quote(text)} is not a link-layer address: write 02:00:00:00:00:01`);
    }
    const bytes = text.toLowerCase().split(':');
    return one(bytes.map((byte) => byte.padStart(2, '0')).join(':'));
  },
  interface(text) {
    if (!/^(?:physdev:)?[A-Za-z0-9_.@+][A-Za-z0-9_.@+-]{0,14}$/.test(text)) {
      throw new RuleError(`${quote(text)} is not an interface: a name of at most 15 characters, or physdev:NAME`);
    }
    return one(text);
  },
};

function one(text: string): ReadPart {
  return { texts: [text], count: 1 };
}

function readAddress(text: string, family: Family): string {
  if (isIP(text) !== 0 && getFamily(text) !== family) {
    throw new RuleError(`${text} is ${FAMILY_NAMES[getFamily(text)]}, and the set is ${FAMILY_NAMES[family]}`);
  }
  if (text.includes('/')) {
    throw new RuleError(`${quote(text)}: one address is expected here, without a prefix length`);
  }
  return prefix(text, family).replace(/\/\d+$/, '');
}

function readAddresses(text: string, family: Family): ReadPart {
  if (family === 'ipv6') {
    return one(readAddress(text.replace(/\/128$/, ''), family));
  }
  const range = readRange(text, family);
  if (range !== null) {
    return range;
  }
  const network = text.includes('/') ? readPrefix(text, family, 0) : readAddress(text, family);
  const [host = '', length = '32'] = network.split('/');
  const first = toNumber(host);
  const count = 2 ** (32 - Number(length));
  return { texts: [network], count, range: [first, first + count - 1] };
}

/** FIRST-LAST in IPv4. ipset takes both ends in any order. null: it is no range. */
function readRange(text: string, family: Family): (ReadPart & { range: [number, number] }) | null {
  const ends = text.split('-');
  if (family === 'ipv6' || ends.length !== 2) {
    return null;
  }
  const [from = 0, to = 0] = ends.map((end) => toNumber(readAddress(end, family))).sort((a, b) => a - b);
  return { texts: [`${toAddress(from)}-${toAddress(to)}`], count: to - from + 1, range: [from, to] };
}

/**
 * Reads a prefix, or an IPv4 range. A range is written as its prefixes: where it has half of all addresses, the kernel's comparison
 * overflows, and fills the set up to maxelem (tried).
 */
function readNetwork(text: string, family: Family, least: number): ReadPart {
  const range = readRange(text, family);
  const texts = range === null ? [text] : listPrefixes(range.range);
  return { texts: texts.map((own) => readPrefix(own, family, least)), count: texts.length };
}

function readPrefix(text: string, family: Family, least: number): string {
  const [host = '', length, ...rest] = text.split('/');
  if (length === undefined) {
    return readAddress(host, family);
  }
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > ADDRESS_BITS[family]) {
    throw new RuleError(`${quote(text)} has no prefix length from ${least} to ${ADDRESS_BITS[family]}`);
  }
  if (Number(length) < least) {
    throw new RuleError(
      `${text}: this type of ipset cannot hold /0. Write two halves, ${family === 'ipv4' ? '0.0.0.0/1 and 128.0.0.0/1' : '::/1 and 8000::/1'}`,
    );
  }
  const whole = `${readAddress(host, family)}/${length}`;
  const network = (family === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(whole);
  return prefix(`${network.toString()}/${length}`, family);
}

/** The fewest prefixes that make up a range of addresses. */
function listPrefixes([from, to]: [number, number]): string[] {
  const prefixes: string[] = [];
  for (let next = from; next <= to;) {
    let length = 32;
    while (length > 0 && next % 2 ** (33 - length) === 0 && next + 2 ** (33 - length) - 1 <= to) {
      length--;
    }
    prefixes.push(length === 32 ? toAddress(next) : `${toAddress(next)}/${length}`);
    next += 2 ** (32 - length);
  }
  return prefixes;
}

/** The ports of a bitmap, which holds no protocol. One that is written tells only whose services are meant. */
function readBitmapPorts(text: string): ReadPart {
  const [, protocol = 'tcp', ports = ''] = /^(?:(tcp|udp|6|17):)?(.*)$/is.exec(text) ?? [];
  return readPorts(ports, protocol);
}

/** PORT or FIRST-LAST. A port is a number or the name of a service, and a name with a hyphen is in brackets. */
function readPorts(text: string, protocol: string): ReadPart {
  const ends = text.match(/\[[^\]]*\]|[^-]+/g) ?? [];
  if (ends.length < 1 || ends.length > 2 || ends.join('-') !== text) {
    throw new RuleError(`${quote(text)} is not a port: a number from 0 to 65535, the name of a service, or FIRST-LAST`);
  }
  if (ends.length === 2 && isService(text)) {
    throw new RuleError(`${quote(text)}: ipset takes the hyphen for that of a range: write [${text}]`);
  }
  const [from = 0, to = from] = ends.map((end) => readPort(end, protocol)).sort((a, b) => a - b);
  return { texts: [from === to ? `${from}` : `${from}-${to}`], count: to - from + 1, range: [from, to] };
}

function readPort(text: string, protocol: string): number {
  // Only a name may be in brackets.
  const name = /^\[(\D.*)\]$/.exec(text)?.[1] ?? text;
  if (/^\d/.test(name)) {
    return readNumber('a port', name, 65535);
  }
  // ipset finds no service of a protocol in capitals.
  return Number(findService(name, PROTOCOL_NAMES[protocol] ?? protocol));
}

/** [PROTOCOL:]PORTS, icmp:TYPE/CODE, or PROTOCOL:0. Without a protocol it is TCP. */
function readService(text: string, family: Family): ReadPart {
  const [, name = 'tcp', rest = ''] = /^(?:([^:]*):)?(.*)$/s.exec(text) ?? [];
  const protocol = protocolNumber(name);
  if (WITH_PORTS.includes(protocol)) {
    const ports = readPorts(rest, name);
    return { texts: ports.texts.map((own) => `${protocol}:${own}`), count: ports.count };
  }
  if (ICMP[protocol] !== undefined) {
    return one(`${protocol}:${readIcmp(rest, ICMP[protocol], family)}`);
  }
  if (protocol === '0' || rest !== '0') {
    throw new RuleError(`${quote(text)}: protocol ${name} has no ports: write ${protocol === '0' ? 'tcp' : name}:0`);
  }
  return one(`${protocol}:0`);
}

function readIcmp(text: string, { family, row }: { family: Family; row: typeof icmp }, own: Family): string {
  if (family !== own) {
    throw new RuleError(`this kind of ICMP is ${FAMILY_NAMES[family]}, and the set is ${FAMILY_NAMES[own]}`);
  }
  const value = row.options[0]?.values[0]?.(text, family, null) ?? '';
  if (!/^\d/.test(value) || /^\d+$/.test(text)) {
    throw new RuleError(`${quote(text)} is not an ICMP type with a code: write TYPE/CODE`);
  }
  return value.includes('/') ? value : `${value}/0`;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

function toAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}
