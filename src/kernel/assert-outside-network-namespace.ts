import { InternalError } from '../errors.js';
import { getNetworkNamespace } from './get-network-namespace.js';

/** Checks that the calling thread has left the network namespace that loopfw was called in. @throws InternalError where it has not */
export function assertOutsideNetworkNamespace(callers: string): void {
  if (getNetworkNamespace() === callers) {
    throw new InternalError(`refusing to touch the network namespace that loopfw was called in (${callers})`);
  }
}
