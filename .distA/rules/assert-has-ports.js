import { RuleError } from './rule-error.js';
/** dccp has no name that iptables knows by itself. */
const WITH_PORTS = ['tcp', 'udp', 'udplite', 'sctp', '33'];
/** @throws RuleError where a target is given ports and the rule no protocol that has some */
export function assertHasPorts({ flag, values }, { protocol }) {
    if (protocol === null || protocol.negated || !WITH_PORTS.includes(protocol.value)) {
        throw new RuleError(`${flag} ${values.join(' ')} has a port: it needs -p tcp, udp, udplite, sctp or dccp`);
    }
}
