import { type ConnectionEnd, endSocket, listSockets } from '../../kernel/netlink/connections.js';
import { TcpSocket } from '../../kernel/sockets/tcp.js';
import { EnvironmentError, InternalError } from '../../model/errors.js';
import type { FaultPlan, FaultSelection, FaultTarget, StandingAction } from '../../model/program.js';
import { getFamily, isWildcard } from '../../words/addresses.js';
import { FAULT_TABLE } from '../../words/nft-chain.js';
import type { EndingServer } from './surroundings.js';

/** Free ports of the kernel's choice. */
const ANY_PORT = 0;
const ADDRESS = '127.0.0.1';

/** The server's side of a connection that exists when a fault begins. */
export interface StandingConnection extends ConnectionEnd {
  /** @returns false where the kernel cannot end it */
  end(): boolean;
}

/** What the kernel can do with connections. */
export interface KernelSkills {
  silence: boolean;
  end: boolean;
}

/**
 * All connections of the calling thread's network namespace, which the kernel ends: the servers' sockets. Where both ends are here, a target
 * without a port has both, and the one whose port has a listener is the server's. A server may have its socket for some milliseconds after
 * its client has closed the connection: such a connection exists no more, and a fault does not count it.
 */
export function listKernels(): StandingConnection[] {
  const sockets = listSockets('connected') ?? [];
  const listening = new Set((listSockets('listening') ?? []).map(({ local }) => local.port));
  const others = new Map(sockets.map((socket) => [toKey(socket.remote, socket.local), socket]));
  return sockets
    .filter(({ local, remote }) => {
      const other = others.get(toKey(local, remote));
      const isClient = other !== undefined && listening.has(remote.port) && !listening.has(local.port);
      return !isClient && other?.isClosed !== true;
    })
    .map((socket) => ({ ...socket, end: () => endSocket(socket) }));
}

function toKey(...ends: ConnectionEnd['local'][]): string {
  return ends.map(({ address, port }) => `${address} ${port}`).join(' ');
}

/** The connections of loopfw's own servers, which these end themselves. */
export function listServers(servers: EndingServer[]): StandingConnection[] {
  return servers.flatMap((server) =>
    server.listAccepted().map((accepted) => ({
      ...accepted,
      end: () => {
        accepted.reset();
        return true;
      },
    })),
  );
}

/** The connections to the target of a fault, of those that it selects. */
export function selectStanding({ target, standing }: FaultPlan, connections: StandingConnection[]): StandingConnection[] {
  const { hosts, ports } = target;
  const found = connections.filter(
    ({ family, local }) =>
      hosts.some((host) => host.family === family && (host.address === null || host.address === local.address)) &&
      (ports === null || (local.port >= ports.first && local.port <= ports.last)),
  );
  return select(found, standing?.selection ?? { first: null, chance: null });
}

function select(found: StandingConnection[], { first, chance }: FaultSelection): StandingConnection[] {
  return found.filter(() => chance === null || Math.random() < chance).slice(0, first ?? found.length);
}

/** The commands of nft that put connections into the sets of a fault: client, server, and their ports. */
export function listElements({ standing }: FaultPlan, connections: StandingConnection[]): string[] {
  return standing === null || standing.action === 'end'
    ? []
    : connections.map(
        ({ family, local, remote }) =>
          `add element ${FAULT_TABLE} ${standing.sets[family]} { ${remote.address} . ${local.address} . ${remote.port} . ${local.port} }`,
      );
}

export function endsConnections(action: StandingAction): boolean {
  return action === 'end' || action === 'end-silently';
}

/** Ends connections. @throws EnvironmentError where the kernel cannot */
export function endAll(connections: StandingConnection[]): void {
  if (!connections.every((connection) => connection.end())) {
    throw makeInability();
  }
}

/** Ends a listener of loopfw's own, to learn whether the kernel can end sockets. A connection would not do where SYNs are held. */
export function tryKernel(): KernelSkills {
  const server = TcpSocket.bind('ipv4', ADDRESS, ANY_PORT);
  try {
    server.listen();
    const port = server.getPort();
    const listed = listSockets('listening');
    const own = listed?.find(({ local }) => local.port === port && local.address === ADDRESS);
    if (listed !== null && own === undefined) {
      throw new InternalError('the kernel does not list a socket that exists');
    }
    return { silence: own !== undefined, end: own !== undefined && endSocket(own) };
  } finally {
    server.close();
  }
}

/** @throws EnvironmentError where the kernel cannot end connections */
export function assertCanEnd(): void {
  if (!tryKernel().end) {
    throw makeInability();
  }
}

/**
 * Checks that loopfw's own servers have every address and port of the target: they list and end their connections themselves.
 * @throws EnvironmentError where another server can have it
 */
export function assertServed({ target, text }: FaultPlan, servers: EndingServer[]): void {
  const isServed = ({ family, address }: FaultTarget['hosts'][number], port: number) =>
    servers.some(
      (server) =>
        server.port === port && (server.address === address || (isWildcard(server.address) && getFamily(server.address) === family)),
    );
  const { hosts, ports } = target;
  const numbers = ports === null ? [] : Array.from({ length: ports.last - ports.first + 1 }, (_, place) => ports.first + place);
  const isOwn = numbers.length > 0 && hosts.every((host) => host.address !== null && numbers.every((port) => isServed(host, port)));
  if (!isOwn) {
    throw makeInability(`fault ${text}: `);
  }
}

function makeInability(where = ''): EnvironmentError {
  return new EnvironmentError(
    `${where}this kernel cannot end connections of a program's own: it was built without CONFIG_INET_DIAG_DESTROY`,
    [
      "use a kernel with CONFIG_INET_DIAG_DESTROY=y; or write keep-live, so that existing connections go on; or name a server of a scenario that is not a program: loopfw's own servers end their connections themselves",
    ],
  );
}
