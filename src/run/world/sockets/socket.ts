import { isIP, Socket, type SocketConstructorOpts, type TcpSocketConnectOpts } from 'node:net';
import { UsageError } from '../../../model/errors.js';
import type { Family } from '../../../model/rule.js';

/** Makes an unconnected TCP socket in a world. Returns its descriptor. */
export type MakeSocket = (family: Family) => number;

/** What a connection of a world is opened with: options of net.connect() and of http.Agent. */
export type ConnectionOptions = Omit<TcpSocketConnectOpts, 'port'> &
  SocketConstructorOpts & { port?: number | string | null; timeout?: number };

/** Node.js's own constructor takes it, and its types do not name it: a socket that is not connected yet must not be read from. */
const NOT_READ_YET = { manualStart: true };

const LOCALHOST: Record<string, string> = { '4': '127.0.0.1', '6': '::1' };

/** Another connection of the same socket object would leave the world: Node.js makes a socket of this process for it. */
function refuseToConnectAgain(): never {
  throw new UsageError('a socket of a world connects once: make another one with connect() of the world');
}

/**
 * Opens a connection in a world, as net.connect() does: the socket is returned at once, and its events tell what happens. The socket comes from
 * a process in the world, and this process connects it. So errors, aborts and times are those of Node.js.
 * @throws UsageError for a name: only localhost is known · EnvironmentError where no socket can be made
 */
export function openConnection({ host = 'localhost', port, timeout, ...options }: ConnectionOptions, makeSocket: MakeSocket): Socket {
  const address = toAddress(host, options.family);
  const descriptor = makeSocket(isIP(address) === 6 ? 'ipv6' : 'ipv4');
  const socket = new Socket({ ...options, ...NOT_READ_YET, fd: descriptor });
  if (timeout) {
    socket.setTimeout(timeout);
  }
  socket.connect({ ...options, port: Number(port), host: address });
  socket.connect = refuseToConnectAgain;
  return socket;
}

/** URLs have IPv6 addresses in brackets. */
function toAddress(host: string, family: number | undefined): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  const address = bare === 'localhost' ? (LOCALHOST[family ?? 4] ?? '127.0.0.1') : bare;
  if (isIP(address) === 0) {
    throw new UsageError(`${host} is no address: names are not looked up in a world, and only localhost is known`);
  }
  return address;
}
