// PID 1 of the sandbox. It gives up the caller's rights, passes the messages of the session to the servers of the worlds, and reaps
// orphans.
// It ends when the session's file descriptor is closed. The kernel then ends everything else in the pid namespace.
import './no-debugger.js';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ResourceLimits } from 'node:worker_threads';
import { Allowance } from '../inside/session/allowance.js';
import { exitNow } from '../kernel/libc.js';
import { assertOutsideNetworkNamespace } from '../kernel/network/namespace-name.js';
import { ChildLedger } from '../kernel/process/children.js';
import { closeInheritedDescriptors } from '../kernel/process/descriptors.js';
import { reapOrphans } from '../kernel/process/orphans.js';
import { dropPrivilege, hideFromUser, KEPT_RIGHTS } from '../kernel/process/privilege.js';
import { startInit } from '../kernel/process/program/init.js';
import { InternalError } from '../model/errors.js';
import * as wire from './wire.js';
import { readLines } from './wire.js';

const SESSION_DESCRIPTOR = 3;
/** How long an orphan stays a zombie. Every command ends with a SIGCHLD, and to look at once took 0.1 ms of each small scenario. */
const REAP_MS = 50;
/** How long the process that makes sockets may take to start. It takes 60 ms. */
const MAKER_LIMIT_S = 20;
/**
 * A small young generation for the heap of a worker. Each command is a fork(2), which the memory of the thread makes slower.
 * The sandbox then has 115 MB with 1,000 small scenarios, instead of 131 MB (8) or 172 MB (32). The time is about the same.
 * It is not a V8 option: with any of those Node.js cannot use its own compiled code, and starts 70 ms later.
 */
const LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 3 };

// execa asks for this stream when it is loaded, and Node.js takes 1.2 ms to make it. Nothing in the sandbox reads it.
Object.defineProperty(process, 'stdin', { value: new Readable() });
closeInheritedDescriptors(SESSION_DESCRIPTOR);
const options = JSON.parse(process.argv[2] ?? '{}') as wire.InsideOptions;
const session = new Socket({ fd: SESSION_DESCRIPTOR });
const ledger = new ChildLedger();
const allowance = new Allowance();
const worlds = new Map<number, { take(text: string): void }>();

session.on('end', () => exitNow(0));
session.on('close', () => exitNow(0));
session.on('error', () => exitNow(0));
process.on('uncaughtException', giveUp);
let reaping: NodeJS.Timeout | null = null;
process.on('SIGCHLD', reapLater);

assertOutsideNetworkNamespace(options.callersNamespace);
let takeLine = begin;
readLines(session, (line) => takeLine(line));

/** Takes the first line. The other lines come after the message `ready`. */
function begin(line: string): void {
  const wanted = JSON.parse(line) as wire.SessionOptions;
  (wanted.isAlone ? serveHere(wanted) : startWorkers(wanted)).catch(giveUp);
}

/**
 * Serves the only world in this thread: a worker thread takes 40 ms to start. Several worlds need threads of their own, because a command
 * of one world blocks its thread.
 */
async function serveHere(wanted: wire.SessionOptions): Promise<void> {
  const userSockets = await giveUpRights(wanted);
  session.write(wire.toLine({ type: 'ready', worker: wire.FIRST_WORKER }));
  session.pause();
  // In the package this code has been read together with this file. To run it takes 8 ms, and meanwhile the outside sends the first scenario.
  const { WorldServer } = await import('./world-server.js');
  const send = (lines: string) => void session.write(lines);
  worlds.set(wire.FIRST_WORKER, new WorldServer({ options, ledger, allowance, userSockets, send }));
  takeLine = passOn;
  session.resume();
}

async function startWorkers(wanted: wire.SessionOptions): Promise<void> {
  const { ThreadCode } = await import('./thread-code.js');
  const code = new ThreadCode();
  const userSockets = await giveUpRights(wanted);
  const startWorker = (number: number) => {
    const workerData: wire.WorkerStart = { worker: number, options, ledger: ledger.memory, allowance: allowance.memory, userSockets };
    const worker = code.start(workerData, { stdin: false, resourceLimits: LIMITS });
    worlds.set(number, { take: (text) => worker.postMessage(text) });
    worker.on('message', (lines: string) => void session.write(lines));
    worker.on('error', giveUp);
    worker.on('exit', () => giveUp(new Error('a worker ended')));
  };
  takeLine = (line) => {
    if (/^\d+$/.test(line)) {
      startWorker(Number(line));
    } else {
      passOn(line);
    }
  };
  startWorker(wire.FIRST_WORKER);
}

/**
 * Gives up rights before anything of a scenario is known here. All code that will run has been read: it may be in a folder that only the
 * caller can enter.
 * @returns the channel to the process that makes the sockets of other users; null if there is none
 */
async function giveUpRights({ startsPrograms, hasUsers, hostsProgram }: wire.SessionOptions): Promise<number | null> {
  if (hostsProgram) {
    startInit();
  }
  const maker = options.dropPrivilege && hasUsers ? await startSocketMaker() : null;
  if (options.dropPrivilege) {
    dropPrivilege(startsPrograms ? KEPT_RIGHTS.insideWithPrograms : KEPT_RIGHTS.inside);
  }
  hideFromUser();
  maker?.waitUntilReady();
  return maker?.channel ?? null;
}

/** Starts the process that makes sockets of other users. It gives up root by itself, and is ready when it has done so. */
async function startSocketMaker(): Promise<{ channel: number; waitUntilReady: () => void }> {
  const { spawn } = await import('node:child_process');
  const { limitWait, makeSocketPair, receiveMessage } = await import('../kernel/sockets/descriptor-message.js');
  const [channel, others] = makeSocketPair();
  const path = fileURLToPath(new URL('./socket-maker.js', import.meta.url));
  const child = ledger.register(() =>
    spawn(process.execPath, [path, options.callersNamespace], { stdio: [others, 'ignore', 'inherit'], cwd: '/', env: { LC_ALL: 'C' } }),
  );
  closeSync(others);
  child.once('exit', () => ledger.release(child.pid ?? 0));
  const waitUntilReady = () => {
    limitWait(channel, MAKER_LIMIT_S);
    if (receiveMessage(channel) === null) {
      throw new InternalError('the process that makes sockets of other users has ended before it was ready');
    }
  };
  return { channel, waitUntilReady };
}

function passOn(line: string): void {
  const worker = Number.parseInt(line);
  worlds.get(worker)?.take(line.slice(String(worker).length + 1));
}

function giveUp(error: unknown): void {
  session.end(wire.toLine({ type: 'fatal', failure: wire.toFailure(error) }), () => exitNow(1));
}

function reapLater(): void {
  reaping ??= setTimeout(() => {
    reaping = null;
    if (!reapOrphans(ledger)) {
      reapLater();
    }
  }, REAP_MS);
}
