import type { Socket } from 'node:net';
import { call } from '../../kernel/libc.js';

/** A sockaddr with the family AF_UNSPEC (0). */
const NOBODY = Buffer.alloc(16);

/**
 * Ends a TCP connection, or an attempt to connect, with a RST instead of a FIN. So there is no TIME_WAIT, and there are no late packets.
 *
 * It calls connect(2) with AF_UNSPEC: the kernel then sends the RST, and frees the addresses and ports at once. close(2) does this only for
 * the last file descriptor of the socket. A process that another thread has just forked has copies of all descriptors until its execve(2).
 * In that time a client on the same port got EADDRNOTAVAIL (once in 300 such connections under load).
 * resetAndDestroy() of Node.js does not work for a socket that is connecting or is just sending its FIN.
 */
export function disconnect(socket: Socket): void {
  const { _handle: handle } = socket as unknown as { _handle: { fd: number } | null };
  if (handle !== null && handle.fd >= 0) {
    call('connect', handle.fd, NOBODY, NOBODY.length);
  }
  socket.destroy();
}
