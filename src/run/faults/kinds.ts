import type { FaultKind } from '../../model/program.js';
import { FAULTS } from '../../plan/fault-table.js';

export const FAULT_KINDS = Object.keys(FAULTS).filter(isFaultKind);

/** The forms of a fault, for messages. */
export const FAULT_FORMS = FAULT_KINDS.map(getForm).join(' or ');

/** All kinds with what they do, for the help. */
export const FAULT_HELP = FAULT_KINDS.map((kind) => `${getForm(kind)}: ${FAULTS[kind].help}`).join('; ');

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULTS, text);
}

function getForm(kind: FaultKind): string {
  return `${kind}=ADDRESS:PORT`;
}
