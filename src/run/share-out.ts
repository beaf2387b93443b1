import { waitForIdleProcessor } from './wait-for-idle-processor.js';
import type { SessionClient, WorldClient } from '../sandbox/session-client.js';

/** Does one item's work with a world of its own; false: what comes after it need not be done. */
type Work<Item> = (item: Item, place: number, world: WorldClient) => Promise<boolean>;

/** How many workers there are: so many at once, and more only while processors have nothing to do. */
export interface Crew {
  atOnce: number;
  most: number;
}

/**
 * Gives items to workers in their order, each to the first that is free. A worker takes long to start: the next is started when the one
 * before it is ready and items are left, so a few quick items have one alone. After an item that ends the work only those before it are
 * waited for: it comes to the same as if they had been done one by one.
 */
export function shareOut<Item>(items: Item[], session: SessionClient, { atOnce, most }: Crew, work: Work<Item>): Promise<void> {
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
    // A sandbox that cannot go on tells every scenario so.
    addWorkers().catch(() => {});
  });
}
