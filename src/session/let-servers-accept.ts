import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProbePlan } from '../model/plan.js';

/** The number of connections that are started before the servers get time to accept them. */
export const BURST = 200;

/**
 * Gives the servers time to accept connections. libuv accepts one connection of a listener in each turn of the event loop. Without the
 * pause, thousands of clients would fill the listener's queue, and that looks like a DROP.
 *
 * @param probes the probes that have started since the last call
 */
export async function letServersAccept(probes: ProbePlan[]): Promise<void> {
  const counts = new Map<string, number>();
  for (const { to } of probes) {
    const listener = `${to.address} ${to.port}`;
    counts.set(listener, (counts.get(listener) ?? 0) + 1);
  }
  await takeTurns(Math.max(0, ...counts.values()));
}

/** Waits for a number of turns of the event loop. */
export async function takeTurns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await nextTurn();
  }
}
