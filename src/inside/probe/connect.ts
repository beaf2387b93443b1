import { connect, Socket, type SocketConstructorOpts } from 'node:net';
import { bindSocket } from '../../kernel/sockets/address.js';
import type { ProbePlan } from '../../model/plan.js';

/**
 * Starts to connect a socket of node:net from the client's address and port.
 * @param given the descriptor of a TCP socket that is not bound, in the place of a new one
 * @throws SystemCallError where the given socket cannot be bound
 */
export function connectFrom({ family, from, to, open }: ProbePlan, port: number, given: number | null): Socket {
  const remote = { host: to.address, port: to.port };
  const allowHalfOpen = open !== null;
  if (given === null) {
    return connect({ localAddress: from, localPort: port, allowHalfOpen, ...remote });
  }
  bindSocket(given, family, from, port);
  // Without manualStart, which the types do not have, Node.js reads the socket before it is connected.
  const options: SocketConstructorOpts & { manualStart: true } = { fd: given, allowHalfOpen, manualStart: true };
  return new Socket(options).connect(remote);
}
