import { InternalError } from '../errors.js';
import { getNetworkNamespace } from './get-network-namespace.js';
/** The guard: throws unless the calling thread has left the network namespace that loopfw was called in. */
export function assertOutsideNetworkNamespace(callers) {
    if (getNetworkNamespace() === callers) {
        throw new InternalError(`refusing to touch the network namespace that loopfw was called in (${callers})`);
    }
}
