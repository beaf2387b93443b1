import type { Outcome } from '../model/result.js';
/** null where the errno speaks of the machine (EMFILE, EADDRINUSE, …) and not of the network. */
export declare function getErrnoOutcome(errno: string): Outcome | null;
