import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../model/rule.js';

/** Whether two rules mean the same: both are canonical, so that equal meaning is equal form. */
export function isSameRule(a: Rule, b: Rule): boolean {
  return isDeepStrictEqual(a, b);
}
