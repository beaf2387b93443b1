import { setTimeout as sleep } from 'node:timers/promises';
import { readInterfaceCounters } from '../kernel/read-interface-counters.js';
/** What is on its way between two namespaces arrives in much less; what goes on for longer is somebody's retransmissions. */
const QUIET_MS = 2;
const MOST_LOOKS = 20;
/** The packet counters of the world's interfaces, when nothing is on its way any more. */
export async function readSettledCounters() {
    let counters = readInterfaceCounters();
    for (let look = 0; look < MOST_LOOKS; look++) {
        await sleep(QUIET_MS);
        const later = readInterfaceCounters();
        const isQuiet = later.every(({ rx, tx }, place) => rx === counters[place]?.rx && tx === counters[place].tx);
        counters = later;
        if (isQuiet) {
            break;
        }
    }
    return counters;
}
