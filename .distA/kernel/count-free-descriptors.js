import { readdirSync } from 'node:fs';
import { readOpenFilesLimit } from './read-surroundings.js';
/** How many files this process may still open (getrlimit(2), RLIMIT_NOFILE). Node raises its own limit to the hard one. */
export function countFreeDescriptors() {
    return (readOpenFilesLimit() ?? Infinity) - readdirSync('/proc/self/fd').length;
}
