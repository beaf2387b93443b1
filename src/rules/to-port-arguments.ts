import type { RuleInput } from '../model/scenario-file.js';
import type { Argument } from './argument.js';
import { RuleError } from './rule-error.js';
import { getProtocolName, PORT_PROTOCOLS, protocolNumber, SHOWN_PORT_PROTOCOLS } from './values/protocol.js';

const FLAGS = { sourcePort: '--sport', destinationPort: '--dport' };

/** The arguments for a key of ports. The tcp match takes one port or range of TCP. multiport takes lists, and ports of other protocols. */
export function toPortArguments(input: RuleInput, key: keyof typeof FLAGS): Argument[] {
  const value = input[key];
  if (value === undefined) {
    return [];
  }
  const [, not = '', rest = ''] = /^(!?) *(.*)$/.exec(String(value)) ?? [];
  const ports = rest.replace(/ *, */g, ',').trimEnd();
  const isPlain = assertHasPorts(input.protocol, key) === 'tcp' && !ports.includes(',');
  const match = isPlain ? 'tcp' : 'multiport';
  const flag = isPlain ? FLAGS[key] : `${FLAGS[key]}s`;
  return ['-m', match, ...(not === '' ? [] : ['!']), flag, ports].map((text) => ({ text, key }));
}

/**
 * The canonical name of the protocol. A protocol that cannot be read counts as tcp: reading -p reports it later.
 *
 * @throws RuleError if the protocol has no ports, is missing or is negated
 */
function assertHasPorts(protocol: string | undefined, key: string): string {
  if (protocol === undefined) {
    throw new RuleError(`${key} needs a protocol that has ports: add "protocol": "tcp"`, key);
  }
  const name = /^(?:[a-z]|\d)/i.test(protocol) ? tryName(protocol) : null;
  if (protocol.startsWith('!')) {
    throw new RuleError(`${key} cannot be combined with a negated protocol (${protocol})`, key);
  }
  if (name !== null && !PORT_PROTOCOLS.includes(name)) {
    throw new RuleError(`${key} needs a protocol that has ports, not ${protocol}: ${SHOWN_PORT_PROTOCOLS}`, key);
  }
  return name ?? 'tcp';
}

function tryName(protocol: string): string | null {
  try {
    return getProtocolName(protocolNumber(protocol));
  } catch {
    return null;
  }
}
