import { connect } from 'node:net';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import { converse } from './converse.js';
import type { RunningProbe } from './running-probe.js';
import { startBlockingTcpProbe } from './tcp-blocking.js';

/** A TCP client from a bound address and port: as Node.js, browsers and curl are, or with a blocking connect(2). */
export function startTcpProbe(plan: ProbePlan, port: number): RunningProbe {
  return plan.blocking ? startBlockingTcpProbe(plan, port) : startNonblockingTcpProbe(plan, port);
}

function startNonblockingTcpProbe(plan: ProbePlan, port: number): RunningProbe {
  const log = new ClientLog(plan, port);
  const socket = connect({ host: plan.to.address, port: plan.to.port, localAddress: plan.from, localPort: port });
  socket.on('connect', () => converse(socket, plan, log));
  socket.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
  const close = () => {
    log.stop();
    if (socket.connecting) {
      socket.destroy(); // resetAndDestroy() would wait for a connection that may never come
    } else {
      socket.resetAndDestroy(); // a RST instead of a FIN: no TIME_WAIT and no late packets
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
