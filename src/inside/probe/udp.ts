import { createSocket, type Socket } from 'node:dgram';
import { bindSocket } from '../../kernel/sockets/address.js';
import type { ProbePlan } from '../../model/plan.js';
import { ClientLog } from './log.js';
import { DEFAULT_DATA, type RunningProbe } from './running.js';

/** A UDP client that sends one datagram and receives the answers. Its socket is connected, so that it gets ICMP errors (udp(7)). */
export function startUdpProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  const log = new ClientLog(plan, port);
  const socket = createSocket(plan.family === 'ipv4' ? 'udp4' : 'udp6');
  socket.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
  socket.on('message', (message) => log.noteReceived(message));
  bind(socket, plan, port, given, () => {
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

/** @param given the descriptor of a socket that is not bound, in the place of a new one */
function bind(socket: Socket, { family, from }: ProbePlan, port: number, given: number | null, onBound: () => void): void {
  if (given === null) {
    socket.bind({ address: from, port, exclusive: true }, onBound);
  } else {
    bindSocket(given, family, from, port);
    socket.bind({ fd: given }, onBound);
  }
}
