// As PID 1: inherits an orphan, reaps it, and leaves the child of its own to Node.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildLedger } from '../../../build/kernel/process/children.js';
import { reapOrphans } from '../../../build/kernel/process/orphans.js';

const isThere = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const ledger = new ChildLedger();
const parent = ledger.register(() => spawn('sh', ['-c', 'sleep 0.1 & echo $!'], { stdio: ['ignore', 'pipe', 'ignore'] }));
const [line] = await once(parent.stdout, 'data');
const orphan = Number(line);
const [exitCode] = await once(parent, 'exit');
ledger.release(parent.pid);
await sleep(300);
const zombie = isThere(orphan);

// A child that has ended while Node could not look: its status must be left to Node.
const own = ledger.register(() => spawn('true'));
const until = performance.now() + 200;
while (performance.now() < until);
const stoodInTheWay = !reapOrphans(ledger);
const [ownExitCode] = await once(own, 'exit');
ledger.release(own.pid);
const reaped = reapOrphans(ledger) && !isThere(orphan);
console.log(JSON.stringify({ pid: process.pid, exitCode, zombie, stoodInTheWay, ownExitCode, reaped }));
