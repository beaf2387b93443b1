/**
 * Makes the calling thread an unprivileged user for good (capabilities(7), credentials(7)): the commands that it
 * starts have CAP_NET_ADMIN and CAP_NET_RAW only, and can gain nothing. Other threads stay as they are.
 * @throws EnvironmentError where the machine does not allow it.
 */
export declare function dropPrivilege(): void;
