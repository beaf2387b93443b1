import type { Backend } from '../../model/result.js';
import type { Entry, Family } from '../../model/rule.js';
import { RuleError } from '../errors.js';
import { splitShellWords } from '../quoting.js';
import { parseWords } from './parse-arguments.js';

const PROGRAM =
  /^(?:\/usr(?:\/local)?)?(?:\/s?bin\/)?(?<name>iptables|iptables-nft|iptables-legacy|ip6tables|ip6tables-nft|ip6tables-legacy)$/;

/**
 * Reads a rule string in the syntax of iptables(8): `-A INPUT -j DROP`, or a whole pasted command line. The rule is IPv4 unless it has an
 * IPv6 address or begins with ip6tables. getNamedBackend() tells the back end.
 *
 * @throws RuleError for anything that loopfw does not know or does not allow
 */
export function parseRuleText(text: string): Entry {
  const { program, rest } = splitCommand(text);
  if (rest.length === 0) {
    throw new RuleError('the rule is empty');
  }
  if (program === null && !/^[-!]/.test(rest[0] ?? '')) {
    throw new RuleError(`"${rest[0]}": a rule begins with an option such as -A, or with iptables or ip6tables`);
  }
  return parseWords(getProgramFamily(program), rest);
}

/**
 * The back end that a rule string names by its program: iptables-legacy or iptables-nft. null if it names none.
 * @throws RuleError as parseRuleText
 */
export function getNamedBackend(text: string): Backend | null {
  const program = text.startsWith('-') ? null : splitCommand(text).program;
  return program?.endsWith('-legacy') === true ? 'legacy' : program?.endsWith('-nft') === true ? 'nft' : null;
}

/** The name of the program, which may be in quotes, and the words behind it. */
function splitCommand(text: string): { program: string | null; rest: string[] } {
  const words = splitShellWords(text);
  const start = words[0] === 'sudo' ? 1 : 0;
  const program = PROGRAM.exec(words[start] ?? '')?.groups?.['name'] ?? null;
  const skipped = program === null ? start : start + 1;
  return { program, rest: skipped === 0 ? words : words.slice(skipped) };
}

/** The family of a program's name. null without a name: addresses then decide. */
function getProgramFamily(name: string | null): Family | null {
  if (name === null) {
    return null;
  }
  return name.startsWith('ip6') ? 'ipv6' : 'ipv4';
}
