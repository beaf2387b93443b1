import type { Provable } from '../model/plan.js';
/** What may be decided by proof under a native rule set. Told by its words: a name that is one of them only costs the client's waiting. */
export declare function getNftProvable(text: string): Provable;
