import type { Socket } from 'node:net';

/**
 * Ends a connection by a RST instead of a FIN: no TIME_WAIT and no late packets. One that is just sending its FIN is closed as it is: libuv
 * resets no handle that is shutting down, and Node.js 20 then never closes it (each took a descriptor and its network namespace along).
 */
export function resetConnection(socket: Socket): void {
  if (socket.writableEnded && !socket.writableFinished) {
    socket.destroy();
  } else {
    socket.resetAndDestroy();
  }
}
