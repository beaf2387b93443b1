import type { Entry } from '../../src/model/rule.js';
import { RuleError } from '../../src/rules/errors.js';
import { parseRuleText } from '../../src/rules/language/rule-text.js';

/** The entry of a rule's text; null if loopfw refuses the rule. */
export function tryParse(text: string): Entry | null {
  try {
    return parseRuleText(text);
  } catch (error) {
    if (error instanceof RuleError) {
      return null;
    }
    throw error;
  }
}
