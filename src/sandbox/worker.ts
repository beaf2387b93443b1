// A worker thread: a world server of its own.
import { parentPort, workerData } from 'node:worker_threads';
import { ChildLedger } from '../kernel/child-ledger.js';
import { openNetworkNamespace } from '../kernel/network-namespace.js';
import type { Program, ProgramEnd } from '../model/program.js';
import { Allowance } from '../session/allowance.js';
import type { ProgramStart, WorkerStart } from './wire.js';
import { WorldServer } from './world-server.js';

const { worker, options, ledger, allowance } = workerData as WorkerStart;

let onProgramEnd: (end: ProgramEnd) => void = () => {};
const server = new WorldServer(worker, {
  options,
  ledger: new ChildLedger(ledger),
  allowance: new Allowance(allowance),
  startProgram,
  send: (lines) => parentPort?.postMessage(lines),
});
parentPort?.on('message', (message: string | ProgramEnd) => {
  if (typeof message === 'string') {
    server.take(message);
  } else {
    onProgramEnd(message);
  }
});

/** A program is the caller's own, so it runs with the caller's privileges, which this thread has given up. */
function startProgram(program: Program): Promise<ProgramEnd> {
  const start: ProgramStart = { program, namespace: openNetworkNamespace() };
  parentPort?.postMessage(start);
  return new Promise((resolve) => (onProgramEnd = resolve));
}
