import type { Family } from '../../model/rule.js';
/** FIRST-LAST, or one address; canonical is always FIRST-LAST. */
export declare function addressRange(text: string, family: Family): string;
