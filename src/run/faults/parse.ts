import { parseUrl } from '../../input/scenario/parties/url.js';
import { UsageError } from '../../model/errors.js';
import type { Fault } from '../../model/program.js';
import { didYouMean } from '../../words/suggestion.js';
import { FAULT_FORMS, FAULT_KINDS, isFaultKind } from './kinds.js';

/**
 * Parses a fault, such as `refused=ADDRESS:PORT`.
 *
 * @throws UsageError if the text is not a fault
 */
export function parseFault(text: string): Fault {
  const [kind = '', ...rest] = text.split('=');
  if (!isFaultKind(kind)) {
    throw new UsageError(`unknown fault ${JSON.stringify(kind)}${didYouMean(kind, FAULT_KINDS)}: expected ${FAULT_FORMS}`);
  }
  const endpoint = parseUrl(`tcp://${rest.join('=')}`, 'server');
  if ('problem' in endpoint) {
    throw new UsageError(`fault ${text}: ${endpoint.problem}`);
  }
  return { kind, address: endpoint.address, port: endpoint.port };
}
