import { splitNftStatements } from './split-nft-statements.js';
import { tokenizeNft, type NftToken } from './tokenize-nft.js';

const COMMANDS = ['add', 'insert', 'create'];
const FAMILIES = ['ip', 'ip6', 'inet'];

/**
 * Finds where rules of nft's listing stand in the file that they came from: the line of the one statement that says the same, word by
 * word. null where none does, or several: nft writes many rules in words of its own (`dport ssh` as `dport 22`).
 */
export function findNftLines(file: string, rules: string[]): (number | null)[] {
  const lines = new Map<string, number | null>();
  for (const { context, tokens } of splitNftStatements(tokenizeNft(file))) {
    const body = context === 'chain' ? tokens : context === 'file' ? getRuleOfCommand(tokens) : [];
    const [first] = body;
    if (first !== undefined) {
      const key = normalize(body);
      lines.set(key, lines.has(key) ? null : first.line);
    }
  }
  return rules.map((rule) => lines.get(normalize(tokenizeNft(rule))) ?? null);
}

/** What follows `add rule inet filter input`. */
function getRuleOfCommand(tokens: NftToken[]): NftToken[] {
  const words = tokens.map(({ text }) => text);
  const start = COMMANDS.includes(words[0] ?? '') ? 1 : 0;
  if (words[start] !== 'rule') {
    return [];
  }
  const body = tokens.slice(start + (FAMILIES.includes(words[start + 1] ?? '') ? 4 : 3));
  return ['handle', 'position', 'index'].includes(body[0]?.text ?? '') ? body.slice(2) : body;
}

function normalize(tokens: NftToken[]): string {
  return tokens
    .map(({ text }) => text)
    .join(' ')
    .replaceAll(/\bcounter packets \d+ bytes \d+/g, 'counter');
}
