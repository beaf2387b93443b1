import { parseUrl } from '../../input/scenario/parties/url.js';
import { UsageError } from '../../model/errors.js';
import type { Fault } from '../../model/program.js';
import { didYouMean } from '../../words/suggestion.js';

const KINDS: Fault['kind'][] = ['refused'];

/**
 * Parses a fault: `refused=ADDRESS:PORT`.
 *
 * @throws UsageError if the text is not a fault
 */
export function parseFault(text: string): Fault {
  const [kind = '', ...rest] = text.split('=');
  const known = KINDS.find((each) => each === kind);
  if (known === undefined) {
    throw new UsageError(`unknown fault ${JSON.stringify(kind)}${didYouMean(kind, KINDS)}: expected refused=ADDRESS:PORT`);
  }
  const endpoint = parseUrl(`tcp://${rest.join('=')}`, 'server');
  if ('problem' in endpoint) {
    throw new UsageError(`fault ${text}: ${endpoint.problem}`);
  }
  return { kind: known, address: endpoint.address, port: endpoint.port };
}
