import { assertPrintable } from './assert-printable.js';
import { RuleError } from './rule-error.js';

/** Characters that no shell interprets. Most rules have no others. */
const PLAIN = /^[A-Za-z0-9_./:,+@%=^! -]*$/;
const META = /[$`;|&<>()*?[\]{}~#]/;
const TOKEN = /\\(?<escaped>.)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<bare>[^\s'"\\]+)|(?<space> +)/uy;

/**
 * Splits a command line into words, with the quotes of a shell: '…', "…" and backslash.
 *
 * @throws RuleError for anything that a shell would act on: a rule is arguments, not a shell command
 */
export function splitShellWords(text: string): string[] {
  if (PLAIN.test(text)) {
    return text.split(' ').filter((word) => word !== '');
  }
  assertPrintable(text);
  const words: string[] = [];
  let word: string | null = null;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const rest = text.slice(TOKEN.lastIndex);
    const groups = TOKEN.exec(text)?.groups;
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
  const meta = META.exec(bare ?? '');
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
  return `unusual white space U+${(rest.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}: use a plain space`;
}
