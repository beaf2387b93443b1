/**
 * The format of a rule set file, by its first line that is not a comment. A `#!` line with nft also tells it. The result is null if the
 * text looks like neither format.
 */
export function tellFormat(text: string): 'iptables-save' | 'nft' | null {
  if (/^#!.*\bnft\b/.test(text)) {
    return 'nft';
  }
  const first = /^[ \t]*(?!#)(?<line>\S.*)$/m.exec(text)?.groups?.['line'] ?? '';
  if (/^(?:[*:[]|-[A-Za-z-]|COMMIT\b)/.test(first)) {
    return 'iptables-save';
  }
  return /^(?:table|flush|add|create|delete|destroy|insert|define|undefine|redefine|include|chain)\b/.test(first) ? 'nft' : null;
}
