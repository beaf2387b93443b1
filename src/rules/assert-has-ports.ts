import type { RuleOption } from '../model/rule.js';
import type { Surroundings } from './extension.js';
import { RuleError } from './rule-error.js';
import { PORT_PROTOCOLS, SHOWN_PORT_PROTOCOLS } from './values/protocol.js';

/** @throws RuleError if a target has ports, but the rule names no protocol with ports */
export function assertHasPorts({ flag, values }: RuleOption, { protocol }: Surroundings): void {
  if (protocol === null || protocol.negated || !PORT_PROTOCOLS.includes(protocol.value)) {
    throw new RuleError(`${flag} ${values.join(' ')} has a port: it needs -p ${SHOWN_PORT_PROTOCOLS}`);
  }
}
