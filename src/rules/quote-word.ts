const PLAIN = /^[A-Za-z0-9_./:,+@%=^-]+$|^!$/;

/** Quotes a word for iptables-restore. Only "…" quotes, and a backslash escapes only inside these quotes. */
export function quoteRestoreWord(word: string): string {
  return PLAIN.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`;
}

/** Quotes a word for a shell and for parseRuleText. */
export function quoteShellWord(word: string): string {
  if (PLAIN.test(word)) {
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
