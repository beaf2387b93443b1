import type { ProbePlan } from '../../model/plan.js';
import { connectFrom } from './connect.js';
import { disconnect } from '../../kernel/sockets/disconnect.js';
import { ClientLog } from './log.js';
import type { RunningProbe } from './running.js';

/** The errors of Node.js's parser if the answer is not HTTP: HPE_INVALID_CONSTANT, HPE_HEADER_OVERFLOW and so on. */
const NO_HTTP = /^HPE_/;

interface ClientError extends NodeJS.ErrnoException {
  /** The data that the parser was reading. */
  rawPacket?: Buffer;
}

/**
 * An HTTP/1.1 client (RFC 9112). It requests / with GET, or with POST if it has data to send. The reply is the body of the response. An
 * answer that is not HTTP counts as a reply too, because the server was reached.
 */
export function startHttpProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  const log = new ClientLog(plan, port);
  let hasBody = false;
  // Loaded when a probe asks for it: it takes 1.5 ms of every start otherwise.
  const { request } = process.getBuiltinModule('node:http');
  const client = request(
    {
      host: plan.to.address,
      port: plan.to.port,
      createConnection: () => connectFrom(plan, port, given),
      method: plan.send === null ? 'GET' : 'POST',
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
