import { request } from 'node:http';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import { resetConnection } from './reset-connection.js';
import type { RunningProbe } from './running-probe.js';

/** An HTTP/1.1 client (RFC 9112) that fetches / whole; with something to send it posts that. Its reply is the body. */
export function startHttpProbe(plan: ProbePlan, port: number): RunningProbe {
  const log = new ClientLog(plan, port);
  const client = request(
    {
      host: plan.to.address,
      port: plan.to.port,
      localAddress: plan.from,
      localPort: port,
      method: plan.send === null ? 'GET' : 'POST',
      agent: false,
    },
    (response) => {
      const body: Buffer[] = [];
      response.on('data', (chunk: Buffer) => body.push(chunk));
      response.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
      response.on('end', () => {
        log.noteReceived(Buffer.concat(body));
        log.noteEnd();
      });
    },
  );
  client.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
  client.end(plan.send ?? undefined);
  const close = () => {
    log.stop();
    if (client.socket !== null) {
      resetConnection(client.socket);
    }
    client.destroy();
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
