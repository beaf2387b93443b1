import type { SessionClient, WorldClient } from '../sandbox/client.js';
import { waitForIdleProcessor } from '../sandbox/idle-processor.js';

/** Processes one item in a world of its own. false: later items are not needed. */
type Work<Item> = (item: Item, place: number, world: WorldClient) => Promise<boolean>;

/** The number of workers: up to `atOnce`, and up to `most` while processors are idle. */
export interface WorkerLimits {
  atOnce: number;
  most: number;
}

/**
 * Gives the items in their order to the workers, each to the first free worker. A worker starts slowly. The next one starts only after the
 * one before it is ready, and if items are left: a few quick items have one worker.
 * After an item that ends the work, only earlier items are waited for. The result is the same as with one item after the other.
 */
export function shareOut<Item>(items: Item[], session: SessionClient, { atOnce, most }: WorkerLimits, work: Work<Item>): Promise<void> {
  let next = 0;
  let end = items.length;
  const running = new Set<number>();
  return new Promise((resolve, reject) => {
    const serve = async (world: WorldClient) => {
      while (next < end) {
        const place = next++;
        running.add(place);
        const goesOn = await work(items[place] as Item, place, world);
        running.delete(place);
        end = goesOn ? end : Math.min(end, place + 1);
      }
      if ([...running].every((place) => place >= end)) {
        resolve();
      }
    };
    const addWorkers = async () => {
      for (let count = 1; count < most && next < end; count++) {
        if (count >= atOnce) {
          await waitForIdleProcessor(() => next >= end);
        }
        serve(await session.addWorker()).catch(reject);
      }
    };
    serve(session).catch(reject);
    // The error is ignored here: if the sandbox cannot go on, every scenario reports it.
    addWorkers().catch(() => {});
  });
}
