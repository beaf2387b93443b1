import { readFileSync } from 'node:fs';

// No distribution assigns these ids (systemd's UIDS-GIDS lists 60578 to 61183 as unused).
// So no other user may signal the processes that have them.

/** The user and group id of the sandbox and its helpers where root starts loopfw. */
export const UNPRIVILEGED_ID = 60999;

/** The user and group id of a scenario's own programs there. They may signal neither the sandbox nor its helpers. */
export const PROGRAM_ID = 60998;

/** linux/capability.h: the numbers of the capabilities that loopfw needs or drops as root. */
export const CAPABILITIES = {
  CAP_KILL: 5,
  CAP_SETGID: 6,
  CAP_SETUID: 7,
  CAP_SETPCAP: 8,
  CAP_NET_BIND_SERVICE: 10,
  CAP_NET_ADMIN: 12,
  CAP_NET_RAW: 13,
  CAP_SYS_ADMIN: 21,
} as const;

/**
 * Whether this user namespace maps the uids that loopfw and a scenario's programs change to under root (user_namespaces(7)). A root without
 * them, as in `unshare --map-root-user`, is already an ordinary user to the machine. It has nothing to give up.
 */
export function isUnprivilegedIdMapped(): boolean {
  return [UNPRIVILEGED_ID, PROGRAM_ID].every(makeIdCheck('uid'));
}

/** A function that tells whether this process's user namespace maps an id of a user or a group. */
export function makeIdCheck(kind: 'uid' | 'gid'): (id: number) => boolean {
  const ranges = readFileSync(`/proc/self/${kind}_map`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return (id) => ranges.some(([first = 0, , count = 0]) => id >= first && id < first + count);
}

/** Whether root has started loopfw, and the calling thread has given up root. A scenario's programs then have an id of their own. */
export function hasGivenUpRoot(): boolean {
  return process.getuid?.() === UNPRIVILEGED_ID;
}

/** The end of a message about a file that a program cannot reach: it names the program's user. '' where that is the caller. */
export function explainUser(): string {
  return hasGivenUpRoot()
    ? `: where loopfw runs as root, a scenario's program runs as user ${PROGRAM_ID}, to whom what is root's alone is closed`
    : '';
}
