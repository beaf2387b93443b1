import { setImmediate as nextTurn } from 'node:timers/promises';
import { runProbe } from './run-probe.js';
/** How many may wait at once: each has file descriptors, and is looked at now and then. */
export const MOST_UNDER_WAY = 256;
/** Of blocking clients, each of which has a thread: other worlds need some, too. */
export const MOST_BLOCKING = 16;
/**
 * Runs probes one after the other, and gives their replies in order. Each has a turn of the event loop for itself, in which on lo an answer
 * comes that comes at all; one that still waits then keeps nobody waiting.
 */
export async function runInTurn(probes, surroundings) {
    const replies = [];
    let underWay = 0;
    let blocking = 0;
    let onEnd = () => { };
    const run = async (probe, place) => {
        underWay++;
        blocking += probe.blocking ? 1 : 0;
        const { reply, close } = await runProbe(probe, surroundings);
        close();
        replies[place] = reply;
        underWay--;
        blocking -= probe.blocking ? 1 : 0;
        onEnd();
    };
    const waitUntil = async (isSo) => {
        while (!isSo()) {
            await new Promise((resolve) => (onEnd = resolve));
        }
    };
    for (const [place, probe] of probes.entries()) {
        await waitUntil(() => underWay < MOST_UNDER_WAY && !(probe.blocking && blocking >= MOST_BLOCKING));
        void run(probe, place); // runProbe never rejects
        await nextTurn();
    }
    await waitUntil(() => underWay === 0);
    return replies;
}
