// Runs iptables-nft-restore again and again from a Node.js of a given size, each time in a new network namespace, and prints how long that
// took. Node.js and its threads are ready before the clock starts.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { execaSync } from 'execa';
import koffi from 'koffi';

const CLONE_NEWNET = 0x40000000;
const COMMAND = ['/usr/sbin', '/sbin', '/usr/bin'].map((folder) => `${folder}/iptables-nft-restore`).find(existsSync);
/** Those of src/kernel/process/run-command.ts. */
const OPTIONS = { env: { LC_ALL: 'C' }, cwd: '/', timeout: 30_000, killSignal: 'SIGKILL', maxBuffer: 1 << 27 };
const WAYS = {
  execaSync: (input) =>
    execaSync(COMMAND, [], { ...OPTIONS, extendEnv: false, reject: false, stripFinalNewline: false, stdout: 'ignore', input }).exitCode,
  spawnSync: (input) => spawnSync(COMMAND, [], { ...OPTIONS, stdio: ['pipe', 'ignore', 'pipe'], input }).status,
};

if (isMainThread) {
  /** way: a key of WAYS. inputs: the standard input of each run. threads: how many worker threads run them, or 0. bytes: the size. */
  const { way, inputs, threads, bytes } = JSON.parse(process.argv[2]);
  const workers = Array.from({ length: threads }, (_, thread) => {
    const own = inputs.filter((_, place) => place % threads === thread);
    return new Worker(new URL(import.meta.url), { workerData: { way, inputs: own } });
  });
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const filling = Buffer.alloc(Math.max(0, bytes - process.memoryUsage.rss()), 1);
  const started = performance.now();
  if (threads === 0) {
    runAll(way, inputs);
  }
  for (const worker of workers) {
    worker.postMessage('go');
  }
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const ms = performance.now() - started;
  process.stdout.write(JSON.stringify({ ms, filled: filling.length }));
} else {
  parentPort.once('message', () => {
    runAll(workerData.way, workerData.inputs);
    parentPort.postMessage('done');
  });
  parentPort.postMessage('ready');
}

function runAll(way, inputs) {
  const unshare = koffi.load(null).func('int unshare(int flags)');
  for (const input of inputs) {
    if (unshare(CLONE_NEWNET) !== 0 || WAYS[way](input) !== 0) {
      throw new Error(`${way} failed`);
    }
  }
}
