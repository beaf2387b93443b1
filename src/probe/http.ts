import { request } from 'node:http';
import { disconnect } from './disconnect.js';
import type { ProbePlan } from '../model/plan.js';
import { ClientLog } from './client-log.js';
import type { RunningProbe } from './running-probe.js';

/** What Node.js's parser calls an answer that is no HTTP: HPE_INVALID_CONSTANT, HPE_HEADER_OVERFLOW and so on. */
const NO_HTTP = /^HPE_/;

interface ClientError extends NodeJS.ErrnoException {
  /** What the parser was reading. */
  rawPacket?: Buffer;
}

/**
 * An HTTP/1.1 client (RFC 9112) that fetches / whole; with something to send it posts that. Its reply is the body. A server that answers with
 * something else has been reached all the same, and that is the reply.
 */
export function startHttpProbe(plan: ProbePlan, port: number): RunningProbe {
  const log = new ClientLog(plan, port);
  let hasBody = false;
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
      response.on('data', (chunk: Buffer) => {
        hasBody = true;
        if (!log.notePart(chunk)) {
          response.pause();
        }
      });
      response.on('error', (error: NodeJS.ErrnoException) => log.noteError(error));
      response.on('end', () => log.noteEnd());
    },
  );
  client.on('error', (error: ClientError) => {
    if (!NO_HTTP.test(error.code ?? '')) {
      log.noteError(error);
      return;
    }
    log.notePart(hasBody ? Buffer.alloc(0) : (error.rawPacket ?? Buffer.alloc(0)));
    log.noteEnd();
  });
  client.end(plan.send ?? undefined);
  const close = () => {
    log.stop();
    if (client.socket !== null) {
      disconnect(client.socket);
    }
    client.destroy();
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), close };
}
