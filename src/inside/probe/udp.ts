import { createSocket } from 'node:dgram';
import type { ProbePlan } from '../../model/plan.js';
import { ClientLog } from './log.js';
import { DEFAULT_DATA, type RunningProbe } from './running.js';

/** A UDP client that sends one datagram and receives the answers. Its socket is connected, so that it gets ICMP errors (udp(7)). */
export function startUdpProbe(plan: ProbePlan, port: number): RunningProbe {
  const log = new ClientLog(plan, port);
  const socket = createSocket(plan.family === 'ipv4' ? 'udp4' : 'udp6');
  socket.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
  socket.on('message', (message) => log.noteReceived(message));
  socket.bind({ address: plan.from, port, exclusive: true }, () => {
    socket.connect(plan.to.port, plan.to.address, (error?: Error) => {
      if (error) {
        log.noteError(error);
        return;
      }
      log.noteConnected();
      socket.send(plan.send ?? DEFAULT_DATA, (failure) => {
        if (failure) {
          log.noteError(failure);
        }
      });
    });
  });
  let isClosed = false;
  const close = () => {
    log.stop();
    if (!isClosed) {
      isClosed = true;
      socket.close();
    }
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
