import { MATCHES } from './match-table.js';
import { RuleError } from './rule-error.js';
import { getProtocolName, protocolNumber } from './values/protocol.js';
const FLAGS = { sourcePort: '--sport', destinationPort: '--dport' };
/** Ports by the tcp match; lists of them, and those of other protocols, by multiport. */
export function toPortArguments(input, key) {
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
/** The protocol's canonical name. A protocol that cannot be read is left for -p to complain about. */
function assertHasPorts(protocol, key) {
    if (protocol === undefined) {
        throw new RuleError(`${key} needs a protocol that has ports: add "protocol": "tcp"`, key);
    }
    const name = /^(?:[a-z]|\d)/i.test(protocol) ? tryName(protocol) : null;
    if (protocol.startsWith('!')) {
        throw new RuleError(`${key} cannot be combined with a negated protocol (${protocol})`, key);
    }
    if (name !== null && !MATCHES.multiport.protocols?.includes(name)) {
        throw new RuleError(`${key} needs a protocol that has ports, not ${protocol}: tcp, udp, udplite, sctp or dccp`, key);
    }
    return name ?? 'tcp';
}
function tryName(protocol) {
    try {
        return getProtocolName(protocolNumber(protocol));
    }
    catch {
        return null;
    }
}
