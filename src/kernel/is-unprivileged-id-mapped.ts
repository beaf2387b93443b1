import { readFileSync } from 'node:fs';
import { PROGRAM_ID, UNPRIVILEGED_ID } from './unprivileged-id.js';

/**
 * Whether this user namespace maps the uids that loopfw and a scenario's programs change to under root (user_namespaces(7)). A root without
 * them, as in `unshare --map-root-user`, is already an ordinary user to the machine. It has nothing to give up.
 */
export function isUnprivilegedIdMapped(): boolean {
  const ranges = readFileSync('/proc/self/uid_map', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return [UNPRIVILEGED_ID, PROGRAM_ID].every((id) => ranges.some(([first = 0, , count = 0]) => id >= first && id < first + count));
}
