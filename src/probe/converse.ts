import type { Socket } from 'node:net';
import type { ProbePlan } from '../model/plan.js';
import type { ClientLog } from './client-log.js';

/** What a client does on a TCP connection that stands: say what the plan says, and listen. */
export function converse(socket: Socket, { send }: ProbePlan, log: ClientLog): void {
  socket.on('data', (chunk) => log.noteReceived(chunk));
  socket.on('end', () => log.noteEnd());
  if (send !== null) {
    socket.write(send);
  }
  log.noteConnected();
}
