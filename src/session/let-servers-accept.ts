import { setImmediate as nextTurn } from 'node:timers/promises';

/** How many connections are begun before servers are let accept them. */
export const BURST = 200;

/** libuv accepts one connection a turn of the event loop: else thousands of clients would fill a listener's queue, which looks like a DROP. */
export async function letServersAccept(): Promise<void> {
  for (let turn = 0; turn < BURST; turn++) {
    await nextTurn();
  }
}
