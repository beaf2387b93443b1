import { RuleError } from './rule-error.js';
/** Something in a rule belongs to the other family: where the rule names no family itself, it may yet be of that one. */
export declare class OtherFamilyError extends RuleError {
}
