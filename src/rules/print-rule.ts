import type { Rule } from '../model/rule.js';
import { quoteRestoreWord } from './quote-word.js';
import { toArguments } from './to-arguments.js';

/** The arguments of a rule after its chain, quoted for iptables-restore. */
export function printRule(rule: Rule): string {
  let text = '';
  for (const word of toArguments(rule)) {
    text += text === '' ? quoteRestoreWord(word) : ` ${quoteRestoreWord(word)}`;
  }
  return text;
}
