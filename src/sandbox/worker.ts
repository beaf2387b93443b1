// The worker thread that has the world: it enters a network namespace of its own for each, and answers the session's messages in order.
import { parentPort, workerData } from 'node:worker_threads';
import { ChildLedger } from '../kernel/child-ledger.js';
import { dropPrivilege } from '../kernel/drop-privilege.js';
import { CommandRunner } from '../kernel/run-command.js';
import { WorldSession } from '../session/world-session.js';
import { toFailure, type FromInside, type InsideOptions, type ToInside } from './wire.js';

const { options, ledger } = workerData as { options: InsideOptions; ledger: SharedArrayBuffer };

if (options.dropPrivilege) {
  dropPrivilege();
}
const session = new WorldSession(options.callersNamespace, new CommandRunner(new ChildLedger(ledger)));

let last = Promise.resolve();
parentPort?.on('message', (line: string) => {
  last = last.then(() => answer(JSON.parse(line) as ToInside));
});
send({ type: 'ready' });

async function answer({ id, request }: ToInside): Promise<void> {
  try {
    send({ type: 'reply', id, reply: await session.handle(request) });
  } catch (error) {
    send({ type: 'failure', id, failure: toFailure(error) });
  }
}

function send(message: FromInside): void {
  parentPort?.postMessage(`${JSON.stringify(message)}\n`);
}
