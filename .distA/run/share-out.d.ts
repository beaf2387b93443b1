import type { SessionClient, WorldClient } from '../sandbox/session-client.js';
/** Does one item's work with a world of its own; false: what comes after it need not be done. */
type Work<Item> = (item: Item, place: number, world: WorldClient) => Promise<boolean>;
/**
 * Gives items to workers in their order, each to the first that is free. A worker takes long to start: the next is started when the one
 * before it is ready and items are left, so a few quick items have one alone. After an item that ends the work only those before it are
 * waited for: it comes to the same as if they had been done one by one.
 */
export declare function shareOut<Item>(items: Item[], session: SessionClient, most: number, work: Work<Item>): Promise<void>;
export {};
