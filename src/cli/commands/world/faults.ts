import { parseFault } from '../../../run/world/faults/parse.js';
import { showFaults } from '../../../report/world/faults.js';
import { EXIT_CODES } from '../../output/exit-codes.js';
import { askWorld } from './ask.js';
import { type Listing, printList, printValue } from './listing.js';

/** `loopfw fault`: puts faults into force and prints their numbers; without any, lists those in force. Returns the exit code. */
export async function faultCommand(faults: string[], options: Listing, hasColors: boolean): Promise<number> {
  faults.forEach(parseFault); // a mistake in the last one must not leave the others in force
  if (faults.length === 0) {
    const listed = await askWorld('loopfw fault', (world) => world.faults());
    printList(listed, showFaults, options, hasColors);
    return EXIT_CODES.passed;
  }
  const put = await askWorld(`loopfw fault ${faults.join(' ')}`, async (world) => {
    const done = [];
    for (const fault of faults) {
      const { id, fault: text, connections } = await world.fault(fault);
      done.push({ id, fault: text, connections });
    }
    return done;
  });
  printValue(put, put.map(({ id }) => `${id}\n`).join(''), options);
  return EXIT_CODES.passed;
}

/** `loopfw heal`: ends faults by their numbers, or all. Returns the exit code. */
export async function healCommand(ids: number[]): Promise<number> {
  await askWorld(['loopfw heal', ...ids].join(' '), async (world) => {
    if (ids.length === 0) {
      await world.heal();
    }
    const failures: unknown[] = [];
    for (const id of ids) {
      await world.heal(id).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) {
      throw failures[0];
    }
  });
  return EXIT_CODES.passed;
}
