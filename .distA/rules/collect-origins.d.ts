import type { Item } from './item.js';
/** Chain, as "table name", to the built-in chains from which packets come there: the kernel asks them whether a target may stand there. */
export declare function collectOrigins(items: Item[]): Map<string, string[]>;
