// A worker thread, which has one world at a time: it enters a network namespace of its own for each, and answers its messages in order.
import { parentPort, workerData } from 'node:worker_threads';
import { ChildLedger } from '../kernel/child-ledger.js';
import { dropPrivilege } from '../kernel/drop-privilege.js';
import { CommandRunner } from '../kernel/run-command.js';
import { openNetworkNamespace } from '../kernel/network-namespace.js';
import type { Program, ProgramEnd } from '../model/program.js';
import { Allowance } from '../session/allowance.js';
import { WorldSession } from '../session/world-session.js';
import { toFailure, type FromInside, type ProgramStart, type RequestMessage, type WorkerStart } from './wire.js';

const { worker, options, ledger, allowance } = workerData as WorkerStart;

if (options.dropPrivilege) {
  dropPrivilege();
}
const session = new WorldSession({
  callersNamespace: options.callersNamespace,
  commands: new CommandRunner(new ChildLedger(ledger)),
  allowance: new Allowance(allowance),
  startProgram,
});

let last = Promise.resolve();
let onProgramEnd: (end: ProgramEnd) => void = () => {};
parentPort?.on('message', (message: string | ProgramEnd) => {
  if (typeof message === 'string') {
    last = last.then(() => answer(JSON.parse(message) as RequestMessage));
  } else {
    onProgramEnd(message);
  }
});
send({ type: 'ready', worker });

async function answer({ id, request }: RequestMessage): Promise<void> {
  try {
    send({ type: 'reply', id, reply: await session.handle(request) });
  } catch (error) {
    send({ type: 'failure', id, failure: toFailure(error) });
  }
}

function send(message: FromInside): void {
  parentPort?.postMessage(`${JSON.stringify(message)}\n`);
}

/** A program is the caller's own, so it runs with the caller's privileges, which this thread has given up. */
function startProgram(program: Program): Promise<ProgramEnd> {
  const start: ProgramStart = { program, namespace: openNetworkNamespace() };
  parentPort?.postMessage(start);
  return new Promise((resolve) => (onProgramEnd = resolve));
}
