import type { Draft, DraftExtension } from './draft.js';
import { RuleError } from './rule-error.js';
import { showProtocol } from './values/protocol.js';

/** @throws RuleError if a match needs a protocol that -p has not named */
export function assertProtocol({ protocol }: Draft, { name, row, key }: DraftExtension, when = ''): void {
  if (row.protocols === undefined) {
    return;
  }
  if (protocol !== null && !protocol.negated && row.protocols.includes(protocol.value)) {
    return;
  }
  throw new RuleError(`-m ${name} needs -p ${row.protocols.map(showProtocol).join(' or -p ')}${when}`, key);
}
