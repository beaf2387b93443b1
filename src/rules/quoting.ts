import { nameCharacter } from '../words/harmless.js';
import { RuleError } from './errors.js';

/** Characters that no shell interprets. Most rules have no others. */
const PLAIN_LINE = /^[A-Za-z0-9_./:,+@%=^! -]*$/;
const META = /[$`;|&<>()*?[\]{}~#]/;
/** An IPv6 address in brackets. For a shell it is a pattern, which stays as it is because no file has such a name. */
const BRACKETED = /^\[[\da-f:.]+(?:-[\da-f:.]+)?\]/i;
const SHELL_TOKEN = /\\(?<escaped>.)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<bare>[^\s'"\\]+)|(?<space> +)/uy;
const RESTORE_TOKEN = /(?<before>[^ \t"]*)"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^ \t"]+)|[ \t]+/uy;
const PLAIN_WORD = /^[A-Za-z0-9_./:,+@%=^-]+$|^!$/;

/**
 * Splits a command line into words, with the quotes of a shell: '…', "…" and backslash.
 *
 * @throws RuleError for anything that a shell would act on: a rule is arguments, not a shell command
 */
export function splitShellWords(text: string): string[] {
  if (PLAIN_LINE.test(text)) {
    return splitAtSpaces(text);
  }
  assertPrintable(text);
  const words: string[] = [];
  let word: string | null = null;
  SHELL_TOKEN.lastIndex = 0;
  while (SHELL_TOKEN.lastIndex < text.length) {
    const rest = text.slice(SHELL_TOKEN.lastIndex);
    const groups = SHELL_TOKEN.exec(text)?.groups;
    if (groups === undefined) {
      throw new RuleError(getReason(rest));
    }
    if (groups.space !== undefined) {
      if (word !== null) {
        words.push(word);
      }
      word = null;
    } else {
      word = (word ?? '') + getPiece(groups);
    }
  }
  if (word !== null) {
    words.push(word);
  }
  return words;
}

function splitAtSpaces(text: string): string[] {
  const words = text.split(' ');
  return words.includes('') ? words.filter((word) => word !== '') : words;
}

function getPiece({ escaped, single, double, bare }: Record<string, string | undefined>): string {
  if (escaped !== undefined) {
    return escaped;
  }
  if (single !== undefined) {
    return single;
  }
  if (double !== undefined) {
    return unescapeDouble(double);
  }
  const meta = META.exec(bare?.replace(BRACKETED, '') ?? '');
  if (meta !== null) {
    throw new RuleError(`unquoted ${meta[0]}: a rule is arguments, not a shell command`);
  }
  return bare ?? '';
}

/** Removes the escapes inside "…". A shell removes a backslash only before $ ` " and another backslash. */
function unescapeDouble(text: string): string {
  const meta = /(?<!\\)(?:\\\\)*([$`])/.exec(text);
  if (meta !== null) {
    throw new RuleError(`${meta[1]} inside "…": a rule is arguments, not a shell command; use '…'`);
  }
  return text.replace(/\\([$`"\\])/g, '$1');
}

function getReason(rest: string): string {
  if (rest.startsWith('\\')) {
    return 'nothing follows the backslash at the end';
  }
  if (/^['"]/.test(rest)) {
    return `unclosed ${rest[0]}`;
  }
  return `unusual white space ${nameCharacter(rest)}: use a plain space`;
}

/**
 * Splits a line of iptables-save into words, with the quotes of iptables-restore. Only "…" quotes; inside it, a backslash escapes the next
 * character. Outside, a backslash and a single quote are plain characters. A word ends at its closing quote, but may begin before the opening
 * one: a"b c"d is the words `ab c` and `d`.
 *
 * @throws RuleError for an unclosed quote
 */
export function splitRestoreWords(line: string): string[] {
  if (!line.includes('"') && !line.includes('\t')) {
    return splitAtSpaces(line);
  }
  const words: string[] = [];
  RESTORE_TOKEN.lastIndex = 0;
  while (RESTORE_TOKEN.lastIndex < line.length) {
    const groups = RESTORE_TOKEN.exec(line)?.groups;
    if (groups === undefined) {
      throw new RuleError(`unclosed quote in "${line}"`);
    }
    if (groups.quoted !== undefined) {
      words.push((groups.before ?? '') + groups.quoted.replace(/\\(.)/gu, '$1'));
    } else if (groups.bare !== undefined) {
      words.push(groups.bare);
    }
  }
  return words;
}

/** Quotes a word for iptables-restore. Only "…" quotes, and a backslash escapes only inside these quotes. */
export function quoteRestoreWord(word: string): string {
  return PLAIN_WORD.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`;
}

/** Quotes a word for a shell and for parseRuleText. */
export function quoteShellWord(word: string): string {
  if (PLAIN_WORD.test(word)) {
    return word;
  }
  if (!/["\\$`]/.test(word)) {
    return `"${word}"`;
  }
  if (!word.includes("'")) {
    return `'${word}'`;
  }
  return `"${word.replace(/["\\$`]/g, '\\$&')}"`;
}

/**
 * Refuses text that cannot be written into one line of iptables-restore. A newline in a comment starts a new rule there. A NUL silently
 * cuts off the rest of the line. An unpaired surrogate is not UTF-8.
 *
 * @throws RuleError with the key, if the text has such a character
 */
export function assertPrintable(text: string, key: string | null = null): void {
  if (/^[ -~]*$/.test(text)) {
    return;
  }
  const found = /[\p{Cc}\p{Cs}\u2028\u2029]/u.exec(text);
  if (found === null) {
    return;
  }
  throw new RuleError(`control character ${nameCharacter(found[0])} in a rule`, key);
}
