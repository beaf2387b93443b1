import type { Family } from '../model/rule.js';
import type { Extension } from './extension.js';
/** @throws RuleError where a match or target is for the other family only */
export declare function assertFamily(what: string, { families }: Pick<Extension, 'families'>, family: Family): void;
/** What to say of something that is for one family, in a rule of the other one. */
export declare function explainFamily(what: string, only: Family): string;
