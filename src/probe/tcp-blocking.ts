import { Socket } from 'node:net';
import { BlockingConnection } from '../kernel/blocking-connection.js';
import { disconnect } from './disconnect.js';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import type { RunningProbe } from './running-probe.js';
import { TcpConnection } from './tcp-connection.js';

/** Time that the thread pool may add before the socket's own limit and the client's have both passed. */
const POOL_SLACK_MS = 100;
/** What a blocking connect(2) says when its time is over (socket(7), SO_SNDTIMEO), or when it was interrupted. */
const GIVEN_UP = ['EINPROGRESS', 'EALREADY', 'ECONNABORTED'];

/**
 * A TCP client as plain Python and C programs are. To the kernel it is another client: an ICMP error that comes while connect(2) holds
 * the socket's lock is kept as a soft error, and only the one after the first retransmission ends the call, 1.02 s later on lo.
 */
export function startBlockingTcpProbe(plan: ProbePlan, port: number): RunningProbe {
  const log = new ClientLog(plan, port);
  let call: BlockingConnection;
  try {
    call = new BlockingConnection(plan.family, plan.from, port, plan.timeoutMs + POOL_SLACK_MS);
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
