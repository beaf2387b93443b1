import type { ChildLedger } from './child-ledger.js';
/**
 * Reaps the zombies that this process has inherited as PID 1 (waitid(2)); Node itself waits only for the children that it started.
 * @returns false when one of our own children stood in the way: call again a little later.
 */
export declare function reapOrphans(ledger: ChildLedger): boolean;
