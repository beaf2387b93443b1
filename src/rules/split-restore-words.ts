import { RuleError } from './rule-error.js';

const TOKEN = /"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^ \t"]+)|[ \t]+/uy;

/**
 * Splits a line of iptables-save into words, with the quotes of iptables-restore. Only "…" quotes; inside it, a backslash escapes the next
 * character. Outside, a backslash and a single quote are plain characters.
 *
 * @throws RuleError for an unclosed quote
 */
export function splitRestoreWords(line: string): string[] {
  if (!line.includes('"') && !line.includes('\t')) {
    return line.split(' ').filter((word) => word !== '');
  }
  const words: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const groups = TOKEN.exec(line)?.groups;
    if (groups === undefined) {
      throw new RuleError(`unclosed quote in "${line}"`);
    }
    if (groups.quoted !== undefined) {
      words.push(groups.quoted.replace(/\\(.)/gu, '$1'));
    } else if (groups.bare !== undefined) {
      words.push(groups.bare);
    }
  }
  return words;
}
