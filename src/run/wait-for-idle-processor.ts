import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { readUntilQuiet } from '../until-quiet.js';

/** The kernel counts in hundredths of a second. */
const LOOK_MS = 100;
/** Of scenarios that need the processors all the time, two leave a tenth of two processors idle; of ones whose clients wait, four fifths. */
const IDLE_SHARE = 0.5;

/** Waits until the machine's processors have had nothing to do for a good part of a tenth of a second; or until nobody wants to know any more. */
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
