import { call } from './libc.js';
import { ADDRESS_FAMILIES, SOCK_CLOEXEC, SOCK_DGRAM } from './socket-constants.js';

// linux/if.h
const IFREQ_SIZE = 40;
export const IFNAMSIZ = 16;

/**
 * Reads or changes an interface of the calling thread's network namespace. The ioctl(2) requests of `work` share one ifreq (netdevice(7)).
 */
export function requestOfInterface<Answer>(name: string, work: (send: (request: number) => void, ifreq: Buffer) => Answer): Answer {
  const socket = call('socket', ADDRESS_FAMILIES.ipv4, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  try {
    const ifreq = Buffer.alloc(IFREQ_SIZE);
    ifreq.write(name, 0, IFNAMSIZ - 1, 'latin1');
    return work((request) => call('ioctl', socket, request, ifreq), ifreq);
  } finally {
    call('close', socket);
  }
}
