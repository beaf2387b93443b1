import type { Entry } from '../model/rule.js';
import type { Item } from './item.js';
/** The chains that stand at some point of a rule set, and how long they are. */
export declare class ChainRegister {
    #private;
    /** All entries are wanted, so that a chain that is made too late can be told from one that is never made. */
    constructor(items: Item[], nameEntry: (index: number) => string);
    /** From now on any chain may be there, and any chain may be longer. */
    noteFailure(): string[];
    /** Obeys an entry, and says why iptables would not. */
    add(entry: Entry, index: number): string[];
}
