import { UsageError } from '../errors.js';
import { didYouMean } from '../rules/suggest-word.js';
import { parseUrl } from './parse-url.js';
const KINDS = ['refused'];
/** Reads `refused=ADDRESS:PORT`. @throws UsageError */
export function parseFault(text) {
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
