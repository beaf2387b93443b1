import type { Entry } from '../model/rule.js';
import { parseArguments } from './parse-arguments.js';
import { RuleError } from './rule-error.js';
import { splitShellWords } from './split-shell-words.js';

const PROGRAM =
  /^(?:\/usr(?:\/local)?)?(?:\/s?bin\/)?(?<name>iptables|iptables-nft|iptables-legacy|ip6tables|ip6tables-nft|ip6tables-legacy)$/;

/**
 * Reads a rule as iptables takes it (iptables(8)): `-A INPUT -j DROP`, or a whole pasted command line.
 *
 * @throws RuleError for whatever loopfw does not know or cannot allow
 */
export function parseRuleText(text: string): Entry {
  const words = splitShellWords(text);
  const start = words[0] === 'sudo' ? 1 : 0;
  const name = PROGRAM.exec(words[start] ?? '')?.groups?.name ?? null;
  if (name?.startsWith('ip6')) {
    throw new RuleError('IPv6 rules (ip6tables) are not supported');
  }
  if (name?.endsWith('-legacy')) {
    throw new RuleError(`${name} is not supported: rules run on the nft back end`);
  }
  const rest = name === null ? words.slice(start) : words.slice(start + 1);
  if (rest.length === 0) {
    throw new RuleError('the rule is empty');
  }
  if (name === null && !/^[-!]/.test(rest[0] ?? '')) {
    throw new RuleError(`"${rest[0]}": a rule begins with an option such as -A, or with iptables`);
  }
  return parseArguments(rest.map((word) => ({ text: word, key: null })));
}
