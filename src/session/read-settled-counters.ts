import { setTimeout as sleep } from 'node:timers/promises';
import { readInterfaceCounters } from '../kernel/read-interface-counters.js';
import type { InterfaceCounters } from '../model/evidence.js';
import { readUntilQuiet } from '../until-quiet.js';

/** A packet between two namespaces arrives in much less than this time. Packets that keep coming are retransmissions. */
const QUIET_MS = 2;
const MOST_LOOKS = 20;

/** Reads the packet counters of the world's interfaces when no packet is on its way any more. */
export function readSettledCounters(): Promise<InterfaceCounters[]> {
  return readUntilQuiet(readInterfaceCounters, isSame, { pause: () => sleep(QUIET_MS), isOver: (looks) => looks === MOST_LOOKS });
}

function isSame(before: InterfaceCounters[], after: InterfaceCounters[]): boolean {
  return after.every(({ rx, tx }, place) => rx === before[place]?.rx && tx === before[place].tx);
}
