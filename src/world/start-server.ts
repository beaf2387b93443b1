import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Server } from '../model/scenario.js';

/** Node's default of 511 makes a burst of connections look like a DROP; the kernel's own ceiling is net.core.somaxconn, 4096. */
const BACKLOG = 4096;

export interface RunningServer {
  stop(): Promise<void>;
}

const SERVERS = { tcp: startTcpServer } satisfies Record<Server['protocol'], (server: Server) => Promise<RunningServer>>;

/** Starts a server in the calling thread's network namespace; it listens when the promise resolves. */
export function startServer(server: Server): Promise<RunningServer> {
  return SERVERS[server.protocol](server);
}

/** Sends its banner first, then echoes. */
async function startTcpServer({ address, port, banner }: Server): Promise<RunningServer> {
  const connections = new Set<Socket>();
  const listener = createServer((connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => connection.destroy()); // a client that resets is no concern of the server's
    if (banner !== null) {
      connection.write(banner);
    }
    connection.pipe(connection);
  });
  listener.listen({ host: address, port, backlog: BACKLOG });
  await once(listener, 'listening');
  return {
    async stop() {
      for (const connection of connections) {
        connection.destroy();
      }
      listener.close();
      await once(listener, 'close');
    },
  };
}
