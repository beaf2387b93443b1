import { disconnectSocket } from './tcp.js';

/**
 * Ends the connection of a socket of node:net with a RST (disconnectSocket()).
 * resetAndDestroy() of Node.js does not work for a socket that is connecting or is just sending its FIN.
 */
export function disconnect(socket: { destroy(): unknown }): void {
  const { _handle: handle } = socket as unknown as { _handle: { fd: number } | null };
  if (handle !== null && handle.fd >= 0) {
    disconnectSocket(handle.fd);
  }
  socket.destroy();
}
