import { readFileSync } from 'node:fs';
import { UNPRIVILEGED_ID } from './unprivileged-id.js';
/**
 * Whether this user namespace has the uid that loopfw becomes where it is root (user_namespaces(7)). A root without it is an ordinary user
 * to the machine already, as in `unshare --map-root-user`, and has nothing to give up.
 */
export function isUnprivilegedIdMapped() {
    return readFileSync('/proc/self/uid_map', 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number))
        .some(([first = 0, , count = 0]) => UNPRIVILEGED_ID >= first && UNPRIVILEGED_ID < first + count);
}
