import type { Family } from '../../model/rule.js';
import { didYouMean } from '../../words/suggestion.js';
import { OtherFamilyError, RuleError } from '../errors.js';
import { explainFamily, type PlainParser } from '../extension.js';
import { integer } from './numbers.js';

/** The answers of REJECT, with their short names in iptables (iptables-extensions(8), REJECT). */
const TYPES: Record<Family, Record<string, string>> = {
  ipv4: {
    'icmp-net-unreachable': 'net-unreach',
    'icmp-host-unreachable': 'host-unreach',
    'icmp-proto-unreachable': 'proto-unreach',
    'icmp-port-unreachable': 'port-unreach',
    'icmp-net-prohibited': 'net-prohib',
    'icmp-host-prohibited': 'host-prohib',
    'icmp-admin-prohibited': 'admin-prohib',
    'tcp-reset': 'tcp-rst',
  },
  ipv6: {
    'icmp6-no-route': 'no-route',
    'icmp6-adm-prohibited': 'adm-prohibited',
    'icmp6-addr-unreachable': 'addr-unreach',
    'icmp6-port-unreachable': 'port-unreach',
    'icmp6-policy-fail': 'policy-fail',
    'icmp6-reject-route': 'reject-route',
    'tcp-reset': 'tcp-reset',
  },
};

/** The full names of the answers of each family. */
export const ANSWERS = { ipv4: Object.keys(TYPES.ipv4), ipv6: Object.keys(TYPES.ipv6) } satisfies Record<Family, string[]>;

export const ANSWER_PREFIXES = { ipv4: 'icmp-', ipv6: 'icmp6-' } satisfies Record<Family, string>;

const type = integer('an ICMP type', 0, 255);

const code = integer('an ICMP code', 0, 255);

/** The full name of an answer of REJECT. */
export function rejectType(text: string, family: Family): string {
  const found = findType(text, family);
  if (found !== null) {
    return found;
  }
  const other = family === 'ipv4' ? 'ipv6' : 'ipv4';
  const foreign = findType(text, other) ?? findType(`${ANSWER_PREFIXES[other]}${text}`, other);
  if (foreign !== null && findType(`${ANSWER_PREFIXES[family]}${text}`, family) === null) {
    throw new OtherFamilyError(explainFamily(foreign, other));
  }
  throw new RuleError(`"${text}" is not an answer of REJECT${didYouMean(text, ANSWERS[family])}: ${ANSWERS[family].join(', ')}`);
}

function findType(text: string, family: Family): string | null {
  const lower = text.toLowerCase();
  return Object.entries(TYPES[family]).find(([name, alias]) => lower === name || lower === alias)?.[0] ?? null;
}

/** Makes a parser for an ICMP type: a name, TYPE or TYPE/CODE. The canonical form has numbers. */
export function icmpType(names: Record<string, string>): PlainParser {
  const known = new Map(Object.entries(names).map(([name, value]) => [name.toLowerCase(), value]));
  return (text) => {
    const named = known.get(text.toLowerCase());
    if (named !== undefined) {
      return named;
    }
    if (!/^\d/.test(text)) {
      throw new RuleError(`"${text}" is not an ICMP type${didYouMean(text, Object.keys(names))}: a name, TYPE or TYPE/CODE`);
    }
    // iptables-save loses every other range of codes.
    const [first = '', second] = text.replace(/\/0:255$/, '').split('/', 2);
    return second === undefined ? type(first) : `${type(first)}/${code(text.slice(first.length + 1))}`;
  };
}
