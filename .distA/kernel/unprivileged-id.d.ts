/** A uid that no distribution gives to anybody (systemd's UIDS-GIDS lists 60578 to 61183 as unused), so that nobody else may signal our helpers. */
export declare const UNPRIVILEGED_ID = 60999;
/** For messages about what a program cannot reach: who it is, where that is not the caller. Of the calling thread. */
export declare function explainUser(): string;
