import type { FaultKind } from '../../../model/program.js';
import { FAULTS } from '../../../plan/faults/table.js';

export const FAULT_KINDS = Object.keys(FAULTS).filter(isFaultKind);

/** The form of a fault, for messages. */
export const FAULT_FORM = 'KIND=TARGET[,KEY=VALUE]…';

const WIDTH = Math.max(...FAULT_KINDS.map((kind) => kind.length)) + 2;

/** All kinds with what they do, a line each, for the help. */
export const FAULT_HELP = FAULT_KINDS.map((kind) => `  ${kind.padEnd(WIDTH)}${FAULTS[kind].help}`).join('\n');

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULTS, text);
}
