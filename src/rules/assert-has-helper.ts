import type { RuleOption } from '../model/rule.js';
import type { Surroundings } from './extension.js';
import { RuleError } from './rule-error.js';
import { showProtocol } from './values/protocol.js';

/** The conntrack helpers of Linux, with their protocols. With another protocol the kernel answers ENOENT (tried). */
export const HELPERS: Record<string, { protocols: string[]; isIPv4?: true }> = {
  amanda: { protocols: ['udp'] },
  ftp: { protocols: ['tcp'] },
  irc: { protocols: ['tcp'], isIPv4: true },
  'netbios-ns': { protocols: ['udp'], isIPv4: true },
  pptp: { protocols: ['tcp'], isIPv4: true },
  'Q.931': { protocols: ['tcp'] },
  RAS: { protocols: ['udp'] },
  sane: { protocols: ['tcp'] },
  sip: { protocols: ['tcp', 'udp'] },
  snmp: { protocols: ['udp'], isIPv4: true },
  snmp_trap: { protocols: ['udp'], isIPv4: true },
  tftp: { protocols: ['udp'] },
};

/** @throws RuleError if the rule's packets cannot have the helper */
export function assertHasHelper({ values }: RuleOption, { protocol, family }: Surroundings): void {
  const [name = ''] = values;
  const { protocols = [], isIPv4 = false } = HELPERS[name] ?? {};
  if (isIPv4 && family === 'ipv6') {
    throw new RuleError(`--helper ${name} is for IPv4 only`);
  }
  if (protocol === null || protocol.negated || !protocols.includes(protocol.value)) {
    throw new RuleError(`--helper ${name} needs -p ${protocols.map(showProtocol).join(' or -p ')}`);
  }
}
