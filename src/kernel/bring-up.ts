import { call } from './libc.js';

// linux/sockios.h, linux/if.h, bits/socket.h
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const IFF_UP = 0x1;
const AF_INET = 2;
const SOCK_DGRAM_CLOEXEC = 2 | 0o2000000;
const IFNAMSIZ = 16;
const IFREQ_SIZE = 40;

/** Brings an interface of the calling thread's namespace up (netdevice(7)). A new namespace's lo is down. */
export function bringUp(interfaceName: string): void {
  const socket = call('socket', AF_INET, SOCK_DGRAM_CLOEXEC, 0);
  try {
    const request = Buffer.alloc(IFREQ_SIZE);
    request.write(interfaceName, 0, IFNAMSIZ - 1, 'latin1');
    call('ioctl', socket, SIOCGIFFLAGS, request);
    request.writeUInt16LE(request.readUInt16LE(IFNAMSIZ) | IFF_UP, IFNAMSIZ);
    call('ioctl', socket, SIOCSIFFLAGS, request);
  } finally {
    call('close', socket);
  }
}
