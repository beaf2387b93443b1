import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { EnvironmentError } from '../../../model/errors.js';
import type { Door } from '../exec.js';
import type { HostedWorld } from '../hosted-world.js';
import { type ControlFolder, makeControlFolder } from './folder.js';
import { CONTROL } from './variable.js';

/**
 * Opens the control of a world: a unix socket in a folder that only the caller may enter, with HTTP and JSON (docs/control.md).
 * A path is found from every network namespace. The code for HTTP is loaded with the first connection: that takes 8 ms.
 * @param folder where the socket is; it is removed when the control is closed
 * @throws EnvironmentError where there is no folder for it
 */
export async function openControl(world: HostedWorld, folder = makeFolder()): Promise<Door & { unref: () => void }> {
  const sockets = new Set<Socket>();
  let isHeld = true;
  let takeSocket: Promise<(socket: Socket) => void> | null = null;
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    sockets.add(socket);
    if (!isHeld) {
      socket.unref();
    }
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // a client that is gone
    takeSocket ??= import('./routes.js').then(({ makeHttpServer }) => {
      const http = makeHttpServer(world);
      return (accepted) => void http.emit('connection', accepted);
    });
    void takeSocket.then((take) => {
      take(socket);
      socket.resume();
    });
  });
  server.listen(folder.socket);
  await once(server, 'listening');
  return {
    env: { [CONTROL]: folder.socket },
    /** It does not keep this process alive any more. */
    unref: () => {
      isHeld = false;
      server.unref();
    },
    close: () => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
      folder.remove();
      return Promise.resolve();
    },
  };
}

/** Makes the folder of a control. @throws EnvironmentError */
export function makeFolder(): ControlFolder {
  try {
    return makeControlFolder();
  } catch (error) {
    throw new EnvironmentError(`cannot make a folder for the world's control socket: ${(error as Error).message}`, [
      'set TMPDIR to a folder that you can write to',
    ]);
  }
}
