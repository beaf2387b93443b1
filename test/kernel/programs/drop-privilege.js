// Gives up root's privileges, and prints what each thread has: one that was there before, the caller, one that comes later, and all others.
// Prints what a command has, too.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { dropPrivilege, hideFromUser, KEPT_RIGHTS } from '../../../build/kernel/process/privilege.js';

/** A thread that lasts. @returns its id */
async function startThread() {
  const script = `require('worker_threads').parentPort.postMessage(require('fs').readlinkSync('/proc/thread-self'));setInterval(() => {}, 1000);`;
  const [path] = await once(new Worker(script, { eval: true }), 'message');
  return path.split('/').at(-1);
}

const earlier = await startThread();
dropPrivilege(KEPT_RIGHTS[process.argv[2]]);
hideFromUser();
const known = { [earlier]: 'earlier', [await startThread()]: 'later', [readlinkSync('/proc/self')]: 'caller' };
const threads = readdirSync('/proc/self/task').map((id) => ({
  name: known[id] ?? 'other',
  status: readFileSync(`/proc/self/task/${id}/status`, 'utf8'),
}));
const command = spawnSync('cat', ['/proc/self/status'], { encoding: 'utf8' }).stdout;
console.log(JSON.stringify({ threads, command }));
process.exit();
