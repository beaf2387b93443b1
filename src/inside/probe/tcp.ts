import { Socket } from 'node:net';
import { BlockingConnection } from '../../kernel/sockets/blocking.js';
import type { ProbePlan } from '../../model/plan.js';
import { connectFrom } from './connect.js';
import { disconnect } from '../../kernel/sockets/disconnect.js';
import { ClientLog } from './log.js';
import type { RunningProbe } from './running.js';
import { TcpConnection } from './tcp-connection.js';

/**
 * The time that libuv's thread pool may add. The socket's time limit is this much longer than the client's, so that the client's ends
 * first.
 */
const POOL_SLACK_MS = 100;
/** The errors of a blocking connect(2) after its time limit (socket(7), SO_SNDTIMEO), or after an interrupt. */
const GIVEN_UP = ['EINPROGRESS', 'EALREADY', 'ECONNABORTED'];

/**
 * A TCP client with a bound address and port. It connects without blocking, as Node.js, browsers and curl do, or with a blocking
 * connect(2).
 */
export function startTcpProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  return plan.blocking ? startBlockingTcpProbe(plan, port, given) : startNonblockingTcpProbe(plan, port, given);
}

function startNonblockingTcpProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  const log = new ClientLog(plan, port);
  const socket = connectFrom(plan, port, given);
  let connection: TcpConnection | null = null;
  socket.on('connect', () => {
    // Under load, Node.js sometimes reports a refused attempt as connected (2 of 60,000 refusals that came by ICMP). Such a socket has no
    // peer, and its error follows. The cause was not traced.
    if (socket.remoteAddress !== undefined) {
      connection = new TcpConnection(socket, plan, port, log);
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
  const close = () => {
    log.stop();
    if (connection === null) {
      disconnect(socket);
    } else {
      connection.close();
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => connection, close };
}

/**
 * A TCP client with a blocking connect(2), as in plain Python and C programs. It sees ICMP errors later than a nonblocking client. An ICMP
 * error that comes while connect(2) holds the socket's lock is only kept as a soft error. The error after the first retransmission ends the
 * call, 1.02 s later on lo.
 */
function startBlockingTcpProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  const log = new ClientLog(plan, port);
  let call: BlockingConnection;
  try {
    call = new BlockingConnection(plan.family, plan.from, port, plan.timeoutMs + POOL_SLACK_MS, given);
  } catch (error) {
    log.noteError({ syscall: 'bind', message: String(error) });
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close: () => log.stop() };
  }
  let connection: TcpConnection | null = null;
  let isConnecting = true;
  let isClosed = false;
  const settle = (errno: string | null) => {
    isConnecting = false;
    if (errno !== null) {
      call.close();
      if (!GIVEN_UP.includes(errno)) {
        log.noteError({ code: errno, message: errno });
      }
      return;
    }
    const socket = new Socket({ fd: call.release(), allowHalfOpen: plan.open !== null });
    if (isClosed) {
      disconnect(socket);
    } else {
      connection = new TcpConnection(socket, plan, port, log);
    }
  };
  call
    .connect(plan.to.address, plan.to.port)
    .then(settle)
    .catch((error: unknown) => log.noteError({ message: String(error) }));
  const close = () => {
    isClosed = true;
    log.stop();
    if (isConnecting) {
      call.interrupt();
    }
    connection?.close();
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => connection, close };
}
