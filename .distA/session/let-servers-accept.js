import { setImmediate as nextTurn } from 'node:timers/promises';
/** How many connections are begun before servers are let accept them. */
export const BURST = 200;
/**
 * libuv accepts one connection of a listener a turn of the event loop: else thousands of clients would fill its queue, which looks like a DROP.
 *
 * @param probes that have begun since servers were let accept last
 */
export async function letServersAccept(probes) {
    const counts = new Map();
    for (const { to } of probes) {
        const listener = `${to.address} ${to.port}`;
        counts.set(listener, (counts.get(listener) ?? 0) + 1);
    }
    await takeTurns(Math.max(0, ...counts.values()));
}
/** Lets the event loop come round that often. */
export async function takeTurns(count) {
    for (let turn = 0; turn < count; turn++) {
        await nextTurn();
    }
}
