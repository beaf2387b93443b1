// No distribution assigns these ids (systemd's UIDS-GIDS lists 60578 to 61183 as unused).
// So no other user may signal the processes that have them.

/** The user and group id of the sandbox and its helpers where root starts loopfw. */
export const UNPRIVILEGED_ID = 60999;

/** The user and group id of a scenario's own programs there. They may signal neither the sandbox nor its helpers. */
export const PROGRAM_ID = 60998;

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
