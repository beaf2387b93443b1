// No distribution gives these ids to anybody (systemd's UIDS-GIDS lists 60578 to 61183 as unused), so nobody else may signal who has them.

/** Whom the sandbox becomes where it is started by root, and its helpers with it. */
export const UNPRIVILEGED_ID = 60999;

/** Whom a scenario's own programs become there: they may signal neither the sandbox nor its helpers. */
export const PROGRAM_ID = 60998;

/** Whether the calling thread was root's, so that a program of a scenario gets an id of its own. */
export function hasGivenUpRoot(): boolean {
  return process.getuid?.() === UNPRIVILEGED_ID;
}

/** For messages about what a program cannot reach: who it is, where that is not the caller. Of the calling thread. */
export function explainUser(): string {
  return hasGivenUpRoot()
    ? `: where loopfw runs as root, a scenario's program runs as user ${PROGRAM_ID}, to whom what is root's alone is closed`
    : '';
}
