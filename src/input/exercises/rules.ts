import { detectFormat } from '../../rules/save/file-format.js';
import type { RulesetChoice, RulesetText } from '../ruleset-files.js';

/** The most lines of a student's rules, and the most characters of a line. */
export const MOST_LINES = 1000;
export const LONGEST_LINE = 4096;

/** A line of rules that names no program, and does not continue the line before. */
const BARE_LINE = /(?<!\\\n)^(?=[ \t]*-)/gm;
const NO_RULES = '*filter\nCOMMIT\n';

/** The rules of a student. path: the path in messages. */
export interface StudentRules {
  path: string;
  content: RulesetText;
}

/**
 * The rules of a student as a rule set file: lines of iptables, with or without its name, or what iptables-save writes. A file without a
 * rule is a rule set, too. The problem is the reason why there is none.
 */
export function readStudentRules({ path, content }: StudentRules): RulesetChoice['files'][number] | { problem: string } {
  if ('problem' in content) {
    return content;
  }
  const text = content.text.replaceAll('\r\n', '\n');
  const lines = text.split('\n');
  if (lines.length > MOST_LINES + 1 || lines.some((line) => line.length > LONGEST_LINE)) {
    return { problem: `expected at most ${MOST_LINES} lines of ${LONGEST_LINE} characters each` };
  }
  if (lines.every((line) => /^\s*(?:#|$)/.test(line))) {
    return { path, content: { text: NO_RULES }, format: 'iptables-save' };
  }
  const found = detectFormat(text);
  if (found === 'nft') {
    return { problem: 'expected lines of iptables, found rules for nft: an exercise is done with iptables' };
  }
  return found === 'iptables-save'
    ? { path, content: { text }, format: 'iptables-save' }
    : { path, content: { text: text.replace(BARE_LINE, 'iptables ') }, format: 'iptables' };
}
