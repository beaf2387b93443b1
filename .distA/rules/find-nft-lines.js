import { listNftRuleStatements } from './list-nft-rule-statements.js';
import { tokenizeNft } from './tokenize-nft.js';
/**
 * Finds where rules of nft's listing stand in the file that they came from: the line of the one statement that says the same, word by
 * word. null where none does, or several: nft writes many rules in words of its own (`dport ssh` as `dport 22`).
 */
export function findNftLines(file, rules) {
    const lines = new Map();
    for (const tokens of listNftRuleStatements(file)) {
        const key = normalize(tokens);
        lines.set(key, lines.has(key) ? null : (tokens[0]?.line ?? null));
    }
    return rules.map((rule) => lines.get(normalize(tokenizeNft(rule))) ?? null);
}
function normalize(tokens) {
    return tokens
        .map(({ text }) => text)
        .join(' ')
        .replaceAll(/\bcounter packets \d+ bytes \d+/g, 'counter');
}
