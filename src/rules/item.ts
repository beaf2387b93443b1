import type { Entry } from '../model/rule.js';

/** One entry of one family, and its index in the scenario's rules. null: the entry could not be read. */
export interface Item {
  index: number;
  entry: Entry | null;
}
