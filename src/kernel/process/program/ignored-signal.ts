import { constants } from 'node:os';
import { call } from '../../libc.js';

/** Larger than sizeof(struct sigaction), which is 152 in glibc. Its first field is the handler. */
const SIGACTION_SIZE = 256;
const SIG_IGN = 1n;

/**
 * Ignores a signal, which Node.js cannot do (sigaction(2)). What this process starts meanwhile, other than by Node.js, inherits that.
 * @returns puts the earlier handler back
 */
export function ignoreSignal(name: NodeJS.Signals): () => void {
  const number = constants.signals[name];
  const ignoring = Buffer.alloc(SIGACTION_SIZE);
  ignoring.writeBigUInt64LE(SIG_IGN, 0);
  const before = Buffer.alloc(SIGACTION_SIZE);
  call('sigaction', number, ignoring, before);
  return () => void call('sigaction', number, before, null);
}
