import type { Backend } from '../model/result.js';
import type { Entry } from '../model/rule.js';
/** Why one of the scenario's own back ends cannot hold what another could. */
export declare function getUnsupportedProblem(entries: Entry[], backends: Backend[]): string | null;
