// PID 1 of the sandbox. It keeps the session's file descriptor, hands each message to who has the world, reaps orphans, and ends when
// the descriptor ends: the kernel then ends everything else in the pid namespace.
import { Socket } from 'node:net';
import { Worker, type ResourceLimits } from 'node:worker_threads';
import { ChildLedger } from '../kernel/child-ledger.js';
import { assertOutsideNetworkNamespace } from '../kernel/assert-outside-network-namespace.js';
import { exitNow } from '../kernel/libc.js';
import { reapOrphans } from '../kernel/reap-orphans.js';
import type { RunningProgram } from '../kernel/run-program.js';
import { Allowance } from '../session/allowance.js';
import { readLines } from './read-lines.js';
import * as wire from './wire.js';

const SESSION_DESCRIPTOR = 3;
const REAP_AGAIN_MS = 50;
/**
 * Every command is a fork, and what a thread has allocated is in its way: with little garbage 1,000 small scenarios take a tenth less time, and the
 * sandbox a third less memory. Not by an option of V8's: with any of those Node.js cannot use its own compiled code, and starts 70 ms later.
 */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 3 };

const options = JSON.parse(process.argv[2] ?? '{}') as wire.InsideOptions;
const session = new Socket({ fd: SESSION_DESCRIPTOR });
const ledger = new ChildLedger();
const allowance = new Allowance();
const worlds = new Map<number, { take(text: string): void }>();
let running: RunningProgram | null = null;

session.on('close', () => exitNow(0));
session.on('error', () => exitNow(0));
process.on('uncaughtException', giveUp);
process.on('SIGCHLD', reap);

assertOutsideNetworkNamespace(options.callersNamespace);
if (options.isAlone) {
  serveHere().catch(giveUp);
} else {
  startWorker(wire.FIRST_WORKER);
}
readLines(session, (line) => {
  if (line.startsWith(wire.SIGNAL_LINE)) {
    running?.kill((JSON.parse(line) as wire.SignalMessage).signal);
    return;
  }
  const worker = Number.parseInt(line);
  const message = line.slice(String(worker).length + 1);
  if (message === '') {
    startWorker(worker);
  } else {
    worlds.get(worker)?.take(message);
  }
});

/**
 * A world that is alone is this thread's own: another takes 40 ms to start. What others would wait for while this one waits for a command
 * they must not; and this thread gives up root's privileges, with which they load their code, and a program of the caller's runs.
 */
async function serveHere(): Promise<void> {
  const { WorldServer } = await import('./world-server.js');
  const send = (lines: string) => void session.write(lines);
  worlds.set(wire.FIRST_WORKER, new WorldServer(wire.FIRST_WORKER, { options, ledger, allowance, startProgram: null, send }));
}

/** A thread takes on this one's privileges, and gives them up by itself. */
function startWorker(number: number): void {
  const workerData: wire.WorkerStart = { worker: number, options, ledger: ledger.memory, allowance: allowance.memory };
  const worker = new Worker(new URL('../sandbox/worker.js', import.meta.url), { workerData, stdin: false, resourceLimits: LIMITS });
  worlds.set(number, { take: (text) => worker.postMessage(text) });
  worker.on('message', (message: string | wire.ProgramStart) => {
    if (typeof message === 'string') {
      session.write(message);
    } else {
      runFor(worker, message).catch(giveUp);
    }
  });
  worker.on('error', giveUp);
  worker.on('exit', () => giveUp(new Error('a worker ended')));
}

async function runFor(worker: Worker, { program, namespace }: wire.ProgramStart): Promise<void> {
  const { runProgram } = await import('../kernel/run-program.js');
  running = await runProgram(program, namespace, ledger);
  worker.postMessage(await running.ended);
  running = null;
}

function giveUp(error: unknown): void {
  const message: wire.FromInside = { type: 'fatal', failure: wire.toFailure(error) };
  session.end(`${JSON.stringify(message)}\n`, () => exitNow(1));
}

function reap(): void {
  if (!reapOrphans(ledger)) {
    setTimeout(reap, REAP_AGAIN_MS);
  }
}
