import { RuleError } from './rule-error.js';
import { showProtocol } from './values/protocol.js';
/** @throws RuleError where a match needs a protocol that -p has not named */
export function assertProtocol({ protocol }, { name, row, key }, when = '') {
    if (row.protocols === undefined) {
        return;
    }
    if (protocol !== null && !protocol.negated && row.protocols.includes(protocol.value)) {
        return;
    }
    throw new RuleError(`-m ${name} needs -p ${row.protocols.map(showProtocol).join(' or -p ')}${when}`, key);
}
