/** A uid that no distribution gives to anybody (systemd's UIDS-GIDS lists 60578 to 61183 as unused), so that nobody else may signal our helpers. */
export const UNPRIVILEGED_ID = 60999;
