// A worker thread: it runs a world server of its own.
import './no-debugger.js';
import { parentPort, workerData } from 'node:worker_threads';
import { Allowance } from '../inside/session/allowance.js';
import { ChildLedger } from '../kernel/process/children.js';
import type { WorkerStart } from './wire.js';
import { WorldServer } from './world-server.js';

const { worker, options, ledger, allowance } = workerData as WorkerStart;

const server = new WorldServer(worker, {
  options,
  ledger: new ChildLedger(ledger),
  allowance: new Allowance(allowance),
  send: (lines) => parentPort?.postMessage(lines),
});
parentPort?.on('message', (text: string) => server.take(text));
