import { setTimeout as sleep } from 'node:timers/promises';
import { readInterfaceCounters } from '../kernel/read-interface-counters.js';
import type { InterfaceCounters } from '../model/evidence.js';
import { readUntilQuiet } from '../until-quiet.js';

/** What is on its way between two namespaces arrives in much less; what goes on for longer is somebody's retransmissions. */
const QUIET_MS = 2;
const MOST_LOOKS = 20;

/** The packet counters of the world's interfaces, when nothing is on its way any more. */
export function readSettledCounters(): Promise<InterfaceCounters[]> {
  return readUntilQuiet(readInterfaceCounters, isSame, { pause: () => sleep(QUIET_MS), isOver: (looks) => looks === MOST_LOOKS });
}

function isSame(before: InterfaceCounters[], after: InterfaceCounters[]): boolean {
  return after.every(({ rx, tx }, place) => rx === before[place]?.rx && tx === before[place].tx);
}
