import type { Rule } from '../model/rule.js';
import { quoteRestoreWord } from './quote-word.js';
import { toArguments } from './to-arguments.js';

/** A rule's arguments after its chain, quoted as iptables-restore reads them. */
export function printRule(rule: Rule): string {
  let text = '';
  for (const word of toArguments(rule)) {
    text += text === '' ? quoteRestoreWord(word) : ` ${quoteRestoreWord(word)}`;
  }
  return text;
}
