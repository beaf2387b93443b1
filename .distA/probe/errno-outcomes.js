/** What each errno of connect(2), send(2) or recv(2) means to a client that gets no further (ip(7), tcp(7)). */
const ERRNO_OUTCOMES = {
    ECONNREFUSED: 'refused',
    EHOSTUNREACH: 'unreachable',
    ENETUNREACH: 'unreachable',
    ENOPROTOOPT: 'unreachable',
    EADDRNOTAVAIL: 'unreachable',
    EINVAL: 'unreachable',
    EPERM: 'denied',
    EACCES: 'denied',
    ECONNRESET: 'reset',
    EPIPE: 'reset',
    ETIMEDOUT: 'timeout',
};
/** null where the errno speaks of the machine (EMFILE, EADDRINUSE, …) and not of the network. */
export function getErrnoOutcome(errno) {
    return ERRNO_OUTCOMES[errno] ?? null;
}
