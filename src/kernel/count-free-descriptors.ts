import { readdirSync } from 'node:fs';
import { readOpenFilesLimit } from './read-surroundings.js';

/**
 * How many files this process may still open (RLIMIT_NOFILE in getrlimit(2)); Infinity without a limit. Node.js raises its soft limit to
 * the hard limit.
 */
export function countFreeDescriptors(): number {
  return (readOpenFilesLimit() ?? Infinity) - readdirSync('/proc/self/fd').length;
}
