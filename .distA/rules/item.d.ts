import type { Entry } from '../model/rule.js';
/** One entry of one family at its place in the scenario's rules; null for one that has failed already. */
export interface Item {
    index: number;
    entry: Entry | null;
}
