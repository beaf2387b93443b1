import type { Family, Negatable } from '../../model/rule.js';
import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { readInteger } from './numbers.js';

interface ProtocolRow {
  number: number;
  name: string;
  /** Whether its header begins with a source port and a destination port. */
  hasPorts: boolean;
}

/** Names that iptables itself knows. For each number, the first one is canonical. */
const OWN_NAMES: ProtocolRow[] = [
  { number: 1, name: 'icmp', hasPorts: false },
  { number: 6, name: 'tcp', hasPorts: true },
  { number: 17, name: 'udp', hasPorts: true },
  { number: 50, name: 'esp', hasPorts: false },
  { number: 51, name: 'ah', hasPorts: false },
  { number: 58, name: 'ipv6-icmp', hasPorts: false },
  { number: 58, name: 'icmpv6', hasPorts: false },
  { number: 136, name: 'udplite', hasPorts: true },
  { number: 132, name: 'sctp', hasPorts: true },
  { number: 135, name: 'mh', hasPorts: false },
  { number: 135, name: 'ipv6-mh', hasPorts: false },
];

/** Names of Debian's /etc/protocols. iptables reads and prints them only if that file exists. */
const FILE_NAMES: ProtocolRow[] = [
  { number: 2, name: 'igmp', hasPorts: false },
  { number: 3, name: 'ggp', hasPorts: false },
  { number: 4, name: 'ipencap', hasPorts: false },
  { number: 5, name: 'st', hasPorts: false },
  { number: 8, name: 'egp', hasPorts: false },
  { number: 9, name: 'igp', hasPorts: false },
  { number: 12, name: 'pup', hasPorts: false },
  { number: 20, name: 'hmp', hasPorts: false },
  { number: 22, name: 'xns-idp', hasPorts: false },
  { number: 27, name: 'rdp', hasPorts: false },
  { number: 29, name: 'iso-tp4', hasPorts: false },
  { number: 33, name: 'dccp', hasPorts: true },
  { number: 36, name: 'xtp', hasPorts: false },
  { number: 37, name: 'ddp', hasPorts: false },
  { number: 38, name: 'idpr-cmtp', hasPorts: false },
  { number: 41, name: 'ipv6', hasPorts: false },
  { number: 43, name: 'ipv6-route', hasPorts: false },
  { number: 44, name: 'ipv6-frag', hasPorts: false },
  { number: 45, name: 'idrp', hasPorts: false },
  { number: 46, name: 'rsvp', hasPorts: false },
  { number: 47, name: 'gre', hasPorts: false },
  { number: 57, name: 'skip', hasPorts: false },
  { number: 59, name: 'ipv6-nonxt', hasPorts: false },
  { number: 60, name: 'ipv6-opts', hasPorts: false },
  { number: 73, name: 'rspf', hasPorts: false },
  { number: 81, name: 'vmtp', hasPorts: false },
  { number: 88, name: 'eigrp', hasPorts: false },
  { number: 89, name: 'ospf', hasPorts: false },
  { number: 93, name: 'ax.25', hasPorts: false },
  { number: 94, name: 'ipip', hasPorts: false },
  { number: 97, name: 'etherip', hasPorts: false },
  { number: 98, name: 'encap', hasPorts: false },
  { number: 103, name: 'pim', hasPorts: false },
  { number: 108, name: 'ipcomp', hasPorts: false },
  { number: 112, name: 'vrrp', hasPorts: false },
  { number: 115, name: 'l2tp', hasPorts: false },
  { number: 124, name: 'isis', hasPorts: false },
  { number: 133, name: 'fc', hasPorts: false },
  { number: 135, name: 'mobility-header', hasPorts: false },
  { number: 137, name: 'mpls-in-ip', hasPorts: false },
  { number: 138, name: 'manet', hasPorts: false },
  { number: 139, name: 'hip', hasPorts: false },
  { number: 140, name: 'shim6', hasPorts: false },
  { number: 141, name: 'wesp', hasPorts: false },
  { number: 142, name: 'rohc', hasPorts: false },
  { number: 143, name: 'ethernet', hasPorts: false },
];

/** The protocols that have ports: their canonical names, and the names that people know. */
const PORT_ROWS = [...OWN_NAMES, ...FILE_NAMES].filter(({ hasPorts }) => hasPorts);
export const PORT_PROTOCOLS = PORT_ROWS.map(({ number }) => getProtocolName(String(number)));
export const SHOWN_PORT_PROTOCOLS = PORT_ROWS.map(({ name }) => name)
  .join(', ')
  .replace(/, (?=[^,]*$)/, ' or ');

const ANY = new Map([
  ['all', 0],
  ['ip', 0],
  ['hopopt', 0],
]);
const NUMBERS = new Map([...ANY, ...[...OWN_NAMES, ...FILE_NAMES].map(({ number, name }) => [name, number] as const)]);

/**
 * IPv6 extension headers, with the match to use instead of -p. A packet has them before its protocol, so -p never matches them. ip6tables
 * warns, but accepts the rule.
 */
const EXTENSION_HEADERS: Record<string, string> = { 43: 'rt', 44: 'frag', ah: 'ah', 60: 'dst' };

/** The match to use instead of -p with this canonical name. null if -p is possible. */
export function getHeaderMatch(protocol: string, family: Family): string | null {
  return (family === 'ipv6' ? EXTENSION_HEADERS[protocol] : undefined) ?? null;
}

/** The number of a protocol, by name or number. 0 is any protocol. */
export function protocolNumber(text: string): string {
  const number = readInteger(text) ?? NUMBERS.get(text.toLowerCase());
  if (number !== undefined && number <= 255) {
    return String(number);
  }
  throw new RuleError(`"${text}" is not a protocol${didYouMean(text, [...NUMBERS.keys()])}: a name, or a number from 0 to 255`);
}

/** As protocolNumber, for an option that does not change the case of a name. /etc/protocols has most names in capitals, too. */
export function namedProtocol(text: string): string {
  if (NUMBERS.has(text) || (text === text.toUpperCase() && !['ALL', 'AH', 'ESP'].includes(text))) {
    return protocolNumber(text);
  }
  throw new RuleError(
    `"${text}" is not a protocol${didYouMean(text, [...NUMBERS.keys()])}: a name as in /etc/protocols, or a number from 0 to 255`,
  );
}

/** Whether the text is a well-known name of a protocol, spelled as in /etc/protocols. */
export function isProtocolName(text: string): boolean {
  return NUMBERS.has(text);
}

/**
 * The canonical name of a protocol: the name that iptables itself knows, otherwise the number. iptables understands both with and without
 * /etc/protocols.
 */
export function getProtocolName(number: string): string {
  return OWN_NAMES.find((own) => own.number === Number(number))?.name ?? number;
}

/** The name that people know, for a canonical name. */
export function showProtocol(name: string): string {
  return FILE_NAMES.find(({ number }) => String(number) === name)?.name ?? name;
}

/** The protocol of -p. null is any protocol, which iptables-save leaves out. */
export function protocol(text: string, negated: boolean): Negatable | null {
  const number = protocolNumber(text);
  if (number !== '0') {
    return { negated, value: getProtocolName(number) };
  }
  if (negated) {
    throw new RuleError(`! -p ${text} would never match: iptables refuses it`);
  }
  return null;
}
