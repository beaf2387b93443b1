import type { Coverage } from './get-coverage.js';
/** A line a scenario: `one of everything: rule 2 spare; rule 4: -A INPUT …`. A rule that has a name needs no text. */
export declare function listUnreached({ unreached }: Coverage): string[];
