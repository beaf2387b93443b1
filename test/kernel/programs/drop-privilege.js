// Gives up root's privileges in a worker thread and lets a child say what it has got.
import { spawnSync } from 'node:child_process';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { dropPrivilege } from '../../../build/kernel/drop-privilege.js';

if (isMainThread) {
  new Worker(new URL(import.meta.url)).on('message', (status) => console.log(JSON.stringify(status)));
} else {
  dropPrivilege();
  parentPort.postMessage(spawnSync('cat', ['/proc/self/status'], { encoding: 'utf8' }).stdout);
}
