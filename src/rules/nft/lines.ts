import { listNftRuleStatements } from './statements.js';
import { type NftToken, tokenizeNft } from './tokens.js';

/**
 * Finds the line in the file from which each rule of nft's listing comes. This is the line of the only statement with the same words. The
 * result is null if no statement has them, or several do: nft rewrites many rules (`dport ssh` as `dport 22`).
 */
export function findNftLines(file: string, rules: string[]): (number | null)[] {
  const lines = new Map<string, number | null>();
  for (const tokens of listNftRuleStatements(file)) {
    const key = toNftKey(tokens);
    lines.set(key, lines.has(key) ? null : (tokens[0]?.line ?? null));
  }
  return rules.map((rule) => lines.get(toNftKey(tokenizeNft(rule))) ?? null);
}

/** The words of a rule. Two rules with the same words are the same. What a counter has counted is left out. */
export function toNftKey(tokens: NftToken[]): string {
  return tokens
    .map(({ text }) => text)
    .join(' ')
    .replaceAll(/\bcounter packets \d+ bytes \d+/g, 'counter');
}
