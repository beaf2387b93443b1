/**
 * Whether this user namespace has the uid that loopfw becomes where it is root (user_namespaces(7)). A root without it is an ordinary user
 * to the machine already, as in `unshare --map-root-user`, and has nothing to give up.
 */
export declare function isUnprivilegedIdMapped(): boolean;
