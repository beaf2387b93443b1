import type { Outcome } from '../model/result.js';

/** The outcome for each errno of connect(2), send(2) or recv(2) (ip(7), tcp(7)). */
const ERRNO_OUTCOMES: Record<string, Outcome> = {
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

/** The outcome for an errno. null if the errno is about the machine (EMFILE, EADDRINUSE, …), not about the network. */
export function getErrnoOutcome(errno: string): Outcome | null {
  return ERRNO_OUTCOMES[errno] ?? null;
}
