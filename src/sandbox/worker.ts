// A worker thread: it runs a world server of its own.
import './no-debugger.js';
import { parentPort, workerData } from 'node:worker_threads';
import { Allowance } from '../inside/session/allowance.js';
import { ChildLedger } from '../kernel/process/children.js';
import { toLine, type WorkerStart } from './wire.js';
import { WorldServer } from './world-server.js';

const { worker, options, ledger, allowance, userSockets } = workerData as WorkerStart;

const send = (lines: string) => parentPort?.postMessage(lines);
const server = new WorldServer({ options, ledger: new ChildLedger(ledger), allowance: new Allowance(allowance), userSockets, send });
parentPort?.on('message', (text: string) => server.take(text));
send(toLine({ type: 'ready', worker }));
