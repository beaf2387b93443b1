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

// Every reset that a server sees is an error object of Node's, and most of what one costs is its stack, which nobody reads here.
Error.stackTraceLimit = 0;
if (options.dropPrivilege) {
  dropPrivilege();
}
const session = new WorldSession({
  callersNamespace: options.callersNamespace,
  commands: new CommandRunner(new ChildLedger(ledger)),
  allowance: new Allowance(allowance),
  startProgram,
});

/** From how many characters on an answer does not wait for those that follow. */
const LONG_ANSWER = 1 << 16;

let last = Promise.resolve();
let onProgramEnd: (end: ProgramEnd) => void = () => {};
parentPort?.on('message', (message: string | ProgramEnd) => {
  if (typeof message === 'string') {
    last = last.then(() => answerAll(JSON.parse(message) as RequestMessage[]));
  } else {
    onProgramEnd(message);
  }
});
send(toLine({ type: 'ready', worker }));

/** What was asked together is answered together. */
async function answerAll(messages: RequestMessage[]): Promise<void> {
  let lines = '';
  for (const message of messages) {
    lines += toLine(await answer(message));
    if (lines.length > LONG_ANSWER) {
      send(lines);
      lines = '';
    }
  }
  send(lines);
}

async function answer({ id, request }: RequestMessage): Promise<FromInside> {
  try {
    return { type: 'reply', id, reply: await session.handle(request) };
  } catch (error) {
    return { type: 'failure', id, failure: toFailure(error) };
  }
}

function toLine(message: FromInside): string {
  return `${JSON.stringify(message)}\n`;
}

function send(lines: string): void {
  parentPort?.postMessage(lines);
}

/** A program is the caller's own, so it runs with the caller's privileges, which this thread has given up. */
function startProgram(program: Program): Promise<ProgramEnd> {
  const start: ProgramStart = { program, namespace: openNetworkNamespace() };
  parentPort?.postMessage(start);
  return new Promise((resolve) => (onProgramEnd = resolve));
}
