// Gives up root's privileges and says what each thread has got, one that was there before and one that comes later, and what a command gets.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { dropPrivilege, hideFromUser } from '../../../build/kernel/process/privilege.js';

dropPrivilege(process.argv[2] === 'programs');
hideFromUser();
const later = new Worker('setInterval(() => {}, 1000)', { eval: true });
later.once('online', () => {
  const threads = readdirSync('/proc/self/task').map((id) => readFileSync(`/proc/self/task/${id}/status`, 'utf8'));
  const command = spawnSync('cat', ['/proc/self/status'], { encoding: 'utf8' }).stdout;
  console.log(JSON.stringify({ threads, command }));
  process.exit();
});
