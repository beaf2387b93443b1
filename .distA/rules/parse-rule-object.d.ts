import type { RuleInput } from '../model/scenario-file.js';
import type { Entry } from '../model/rule.js';
/**
 * Reads a rule that is written as an object: its keys become the arguments of iptables(8), which are then read like any others.
 *
 * @returns one entry, or one for each family with `"family": "both"`
 * @throws RuleError whose key is the property at fault
 */
export declare function parseRuleObject(input: RuleInput): Entry[];
