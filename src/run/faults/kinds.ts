import { parseUrl } from '../../input/scenario/parties/url.js';
import { UsageError } from '../../model/errors.js';
import type { Fault, FaultKind } from '../../model/program.js';
import { FAULTS } from '../../plan/fault-table.js';
import { didYouMean } from '../../words/suggestion.js';

const KINDS = Object.keys(FAULTS).filter(isKind);

/** All kinds with what they do, for the help. */
export const FAULT_HELP = KINDS.map((kind) => `${getForm(kind)}: ${FAULTS[kind].help}`).join('; ');

/**
 * Parses a fault, such as `refused=ADDRESS:PORT`.
 *
 * @throws UsageError if the text is not a fault
 */
export function parseFault(text: string): Fault {
  const [kind = '', ...rest] = text.split('=');
  if (!isKind(kind)) {
    const expected = KINDS.map(getForm).join(' or ');
    throw new UsageError(`unknown fault ${JSON.stringify(kind)}${didYouMean(kind, KINDS)}: expected ${expected}`);
  }
  const endpoint = parseUrl(`tcp://${rest.join('=')}`, 'server');
  if ('problem' in endpoint) {
    throw new UsageError(`fault ${text}: ${endpoint.problem}`);
  }
  return { kind, address: endpoint.address, port: endpoint.port };
}

function isKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULTS, text);
}

function getForm(kind: FaultKind): string {
  return `${kind}=ADDRESS:PORT`;
}
