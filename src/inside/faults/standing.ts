import { endSocket, type ListedSocket, listSockets } from '../../kernel/netlink/connections.js';
import { TcpSocket } from '../../kernel/sockets/tcp.js';
import { EnvironmentError, InternalError } from '../../model/errors.js';
import type { FaultPlan, FaultSelection } from '../../model/program.js';
import { FAULT_TABLE } from '../../words/nft-chain.js';

/** Free ports of the kernel's choice. */
const ANY_PORT = 0;
const ADDRESS = '127.0.0.1';

/** The servers' sockets of the target's connections, of those that the fault selects. */
export function findStanding({ target, standing }: FaultPlan): ListedSocket[] {
  const { hosts, ports } = target;
  const found = listSockets('connected').filter(
    ({ family, local }) =>
      hosts.some((host) => host.family === family && (host.address === null || host.address === local.address)) &&
      (ports === null || (local.port >= ports.first && local.port <= ports.last)),
  );
  return select(found, standing?.selection ?? { first: null, chance: null });
}

function select(found: ListedSocket[], { first, chance }: FaultSelection): ListedSocket[] {
  return found.filter(() => chance === null || Math.random() < chance).slice(0, first ?? found.length);
}

/** The commands of nft that put connections into the sets of a fault: client, server, and their ports. */
export function listElements({ standing }: FaultPlan, sockets: ListedSocket[]): string[] {
  return standing === null || standing.action === 'end'
    ? []
    : sockets.map(
        ({ family, local, remote }) =>
          `add element ${FAULT_TABLE} ${standing.sets[family]} { ${remote.address} . ${local.address} . ${remote.port} . ${local.port} }`,
      );
}

/** Ends connections. @throws EnvironmentError where the kernel cannot */
export function endAll(sockets: ListedSocket[]): void {
  if (!sockets.every(endSocket)) {
    throw makeInability();
  }
}

/**
 * Ends a listener of loopfw's own, to learn whether the kernel can end sockets. A connection would not do where SYNs are held.
 * @throws EnvironmentError where it cannot
 */
export function assertCanEnd(): void {
  const server = TcpSocket.bind('ipv4', ADDRESS, ANY_PORT);
  try {
    server.listen();
    const port = server.getPort();
    const own = listSockets('listening').find(({ local }) => local.port === port && local.address === ADDRESS);
    if (own === undefined) {
      throw new InternalError('the kernel does not list a socket that exists');
    }
    if (!endSocket(own)) {
      throw makeInability();
    }
  } finally {
    server.close();
  }
}

function makeInability(): EnvironmentError {
  return new EnvironmentError('this kernel cannot end connections: it was built without CONFIG_INET_DIAG_DESTROY', [
    'use a kernel with CONFIG_INET_DIAG_DESTROY=y; or write keep-live, so that existing connections go on',
  ]);
}
