import { RuleError } from './rule-error.js';

/** Something in a rule belongs to the other family. If the rule does not name its family, it may be a rule of that other family. */
export class OtherFamilyError extends RuleError {}
