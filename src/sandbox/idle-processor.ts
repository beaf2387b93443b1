import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { readUntilQuiet } from '../kernel/process/quiet.js';

/** The pause between two readings. The kernel counts processor time in hundredths of a second. */
const LOOK_MS = 100;
/**
 * The share of idle time that starts another scenario. Measured with two scenarios at once on two processors: a tenth is idle if they
 * always need a processor. Four fifths are idle if their clients wait.
 */
const IDLE_SHARE = 0.5;

/** Waits until the processors were idle for more than half of a tenth of a second, or until isOver() is true. */
export async function waitForIdleProcessor(isOver: () => boolean): Promise<void> {
  await readUntilQuiet(readTimes, isIdle, { pause: () => sleep(LOOK_MS, undefined, { ref: false }), isOver });
}

interface Times {
  idle: number;
  all: number;
}

function isIdle(before: Times, after: Times): boolean {
  return after.idle - before.idle > (after.all - before.all) * IDLE_SHARE;
}

function readTimes(): Times {
  const times = cpus().map((processor) => processor.times);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}
