import { type Place } from './place.js';
import type { ProblemList } from './problem-list.js';
import type { Rules } from './resolve-rules.js';
/** Reports what the schema cannot see in an `expect`: a rule that is not there, a time span without length. */
export declare function checkExpectation(place: Place, rules: Rules | null, problems: ProblemList): void;
