import type { Surroundings } from '../model/surroundings.js';
/** What to do where no sandbox can be started, each with its reason, the likeliest first. */
export declare function findRemedies(surroundings: Surroundings): string[];
