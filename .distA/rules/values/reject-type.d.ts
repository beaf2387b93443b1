import type { Family } from '../../model/rule.js';
/** The full names of a family's answers. */
export declare const ANSWERS: {
    ipv4: string[];
    ipv6: string[];
};
export declare const ANSWER_PREFIXES: {
    ipv4: string;
    ipv6: string;
};
/** The answer of a REJECT by its full name. */
export declare function rejectType(text: string, family: Family): string;
