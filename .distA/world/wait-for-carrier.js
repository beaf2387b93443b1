import { setTimeout as sleep } from 'node:timers/promises';
import { InternalError } from '../errors.js';
import { bringUp, isRunning } from '../kernel/interface-flags.js';
const LIMIT_MS = 10_000;
/**
 * Waits until the world's ends of its veths can send. The end that came up first has a carrier with the other one, but the kernel acts upon
 * it later, in a thread of its own (linkwatch); under load ARP's first question was lost, and the second comes after a second.
 */
export async function waitForCarrier(names) {
    const started = performance.now();
    for (const name of names) {
        while (!isRunning(name)) {
            if (performance.now() - started > LIMIT_MS) {
                throw new InternalError(`interface ${name} was not ready after ${LIMIT_MS} ms`);
            }
            await sleep(1);
        }
        // The flag is set a moment before the rest is done, under a lock for which this waits.
        bringUp(name);
    }
}
