import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Server as Listener, type Socket } from 'node:net';
import type { ConnectionEnd } from '../../kernel/netlink/connections.js';
import { disconnect } from '../../kernel/sockets/disconnect.js';
import { BACKLOG, TcpSocket } from '../../kernel/sockets/tcp.js';
import { makeTransparentSocket } from '../../kernel/sockets/transparent.js';
import type { Server } from '../../model/scenario.js';
import { getFamily, isIPv6Text } from '../../words/addresses.js';

/** A TCP connection that a server of loopfw's own has accepted. */
export interface AcceptedConnection extends ConnectionEnd {
  /** Ends it at once: the client gets a RST. */
  reset(): void;
}

/** A TCP server of loopfw's own, which can end its connections without the help of the kernel. */
export interface OwnServer {
  address: string;
  port: number;
  listAccepted(): AcceptedConnection[];
}

/** A server that is ready for clients. */
export interface RunningServer {
  /** Only a TCP server of loopfw's own has this. */
  own?: OwnServer;
  /** Only a server that is a program has this. @throws UsageError if it has ended */
  assertRuns?(): Promise<void>;
  stop(): Promise<void> | void;
}

const SERVERS = {
  tcp: startTcpServer,
  udp: startUdpServer,
  http: startHttpServer,
} satisfies Record<Server['protocol'], (server: Server, port: number) => Promise<RunningServer>>;

/** Starts a server in the calling thread's network namespace. It listens when the promise resolves. */
export function startServer(server: Server, port: number): Promise<RunningServer> {
  return SERVERS[server.protocol](server, port);
}

/** Sends its banner first, then echoes. */
async function startTcpServer(server: Server, port: number): Promise<RunningServer> {
  const listener = createServer((connection) => {
    if (server.banner !== null) {
      connection.write(server.banner);
    }
    connection.pipe(connection);
  });
  return listen(listener, server, port);
}

/** Answers a GET with its banner, and a POST with the posted data. */
async function startHttpServer(server: Server, port: number): Promise<RunningServer> {
  const { createServer } = await import('node:http'); // on demand: it takes 1.5 ms of every start otherwise
  const listener = createServer((request, response) => {
    if (request.method === 'POST') {
      request.pipe(response);
    } else {
      response.end(server.banner ?? 'loopfw\n');
    }
  });
  return listen(listener, server, port);
}

/** Answers each datagram with its banner, or with the datagram if it has none. */
async function startUdpServer({ address, banner }: Server, port: number): Promise<RunningServer> {
  const socket = isIPv6Text(address) ? createSocket({ type: 'udp6', ipv6Only: true }) : createSocket('udp4');
  socket.on('message', (message, { address: client, port: clientPort }) => socket.send(banner ?? message, clientPort, client));
  // The server ignores errors of its answers (EPERM, ECONNREFUSED). The client's observation is what counts.
  socket.bind({ address, port, exclusive: true });
  await once(socket, 'listening');
  socket.on('error', () => {});
  return {
    async stop() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

async function listen(listener: Listener, { address, isTransparent }: Server, port: number): Promise<RunningServer> {
  const connections = new Set<Socket>();
  listener.on('connection', (connection: Socket) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => connection.destroy()); // the server ignores a reset by the client
  });
  if (isTransparent) {
    const family = getFamily(address);
    listener.listen({ fd: TcpSocket.bind(family, address, port, makeTransparentSocket(family)).fd, backlog: BACKLOG });
  } else {
    listener.listen({ host: address, port, backlog: BACKLOG, ipv6Only: true });
  }
  await once(listener, 'listening');
  return {
    own: { address, port, listAccepted: () => [...connections].flatMap(toAccepted) },
    async stop() {
      for (const connection of connections) {
        connection.destroy();
      }
      listener.close();
      await once(listener, 'close');
    },
  };
}

/** A list of one; empty for a connection that has ended. */
function toAccepted(connection: Socket): AcceptedConnection[] {
  const { localAddress, localPort, remoteAddress, remotePort } = connection;
  if (localAddress === undefined || localPort === undefined || remoteAddress === undefined || remotePort === undefined) {
    return [];
  }
  return [
    {
      family: getFamily(localAddress),
      local: { address: localAddress, port: localPort },
      remote: { address: remoteAddress, port: remotePort },
      reset: () => disconnect(connection),
    },
  ];
}
