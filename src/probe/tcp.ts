import { connect } from 'node:net';
import { disconnect } from './disconnect.js';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import type { RunningProbe } from './running-probe.js';
import { startBlockingTcpProbe } from './tcp-blocking.js';
import { TcpConnection } from './tcp-connection.js';

/** A TCP client from a bound address and port: as Node.js, browsers and curl are, or with a blocking connect(2). */
export function startTcpProbe(plan: ProbePlan, port: number): RunningProbe {
  return plan.blocking ? startBlockingTcpProbe(plan, port) : startNonblockingTcpProbe(plan, port);
}

function startNonblockingTcpProbe(plan: ProbePlan, port: number): RunningProbe {
  const log = new ClientLog(plan, port);
  const to = { host: plan.to.address, port: plan.to.port };
  const socket = connect({ localAddress: plan.from, localPort: port, allowHalfOpen: plan.open !== null, ...to });
  let connection: TcpConnection | null = null;
  socket.on('connect', () => (connection = new TcpConnection(socket, plan, port, log)));
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
