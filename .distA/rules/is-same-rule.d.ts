import type { Rule } from '../model/rule.js';
/** Whether two rules mean the same: both are canonical, so that equal meaning is equal form. */
export declare function isSameRule(a: Rule, b: Rule): boolean;
