import { call } from './libc.js';

// linux/if.h, bits/socket.h
const AF_INET = 2;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;
const IFREQ_SIZE = 40;
export const IFNAMSIZ = 16;

/**
 * Reads or changes an interface of the calling thread's network namespace. The ioctl(2) requests of `work` share one ifreq (netdevice(7)).
 */
export function requestOfInterface<Answer>(name: string, work: (send: (request: number) => void, ifreq: Buffer) => Answer): Answer {
  const socket = call('socket', AF_INET, SOCK_DGRAM_CLOEXEC, 0);
  try {
    const ifreq = Buffer.alloc(IFREQ_SIZE);
    ifreq.write(name, 0, IFNAMSIZ - 1, 'latin1');
    return work((request) => call('ioctl', socket, request, ifreq), ifreq);
  } finally {
    call('close', socket);
  }
}
