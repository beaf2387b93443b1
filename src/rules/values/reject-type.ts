import { RuleError } from '../rule-error.js';
import { didYouMean } from '../suggest-word.js';

/** What REJECT can answer, with the short names that iptables has for it (iptables-extensions(8), REJECT). */
const TYPES = {
  'icmp-net-unreachable': 'net-unreach',
  'icmp-host-unreachable': 'host-unreach',
  'icmp-proto-unreachable': 'proto-unreach',
  'icmp-port-unreachable': 'port-unreach',
  'icmp-net-prohibited': 'net-prohib',
  'icmp-host-prohibited': 'host-prohib',
  'icmp-admin-prohibited': 'admin-prohib',
  'tcp-reset': 'tcp-rst',
};
const NAMES = Object.keys(TYPES);

/** The answer of a REJECT by its full name. */
export function rejectType(text: string): string {
  const lower = text.toLowerCase();
  const found = Object.entries(TYPES).find(([name, alias]) => lower === name || lower === alias);
  if (found !== undefined) {
    return found[0];
  }
  throw new RuleError(`"${text}" is not an answer of REJECT${didYouMean(text, NAMES)}: ${NAMES.join(', ')}`);
}
