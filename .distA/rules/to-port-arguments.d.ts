import type { RuleInput } from '../model/scenario-file.js';
import type { Argument } from './argument.js';
declare const FLAGS: {
    sourcePort: string;
    destinationPort: string;
};
/** Ports by the tcp match; lists of them, and those of other protocols, by multiport. */
export declare function toPortArguments(input: RuleInput, key: keyof typeof FLAGS): Argument[];
export {};
