import { splitNftStatements, type NftStatement } from './split-nft-statements.js';
import { tokenizeNft, type NftToken } from './tokenize-nft.js';

const FAMILIES = ['ip', 'ip6', 'inet'];
/** What a chain's braces hold besides rules. */
const DECLARATIONS = ['type', 'policy', 'comment', 'flags', 'define', 'redefine', 'undefine'];
/** What a command begins with that adds no rule; without such a word it is `inet filter input …`, a rule. */
const OTHERS = [
  ...['table', 'chain', 'set', 'map', 'element', 'flowtable', 'counter', 'quota', 'ct', 'limit', 'secmark', 'synproxy'],
  ...['replace', 'create', 'delete', 'destroy', 'get', 'list', 'reset', 'flush', 'rename', 'import', 'export', 'monitor', 'describe'],
  ...['include', 'define', 'redefine', 'undefine'],
];

/** The rules of an nft file, each with its words: as they stand in a chain's braces, or behind `add rule inet filter input`. */
export function listNftRuleStatements(file: string): NftToken[][] {
  return splitNftStatements(tokenizeNft(file))
    .map(getNftRule)
    .filter((tokens) => tokens.length > 0);
}

/** The words of the rule that a statement holds; none where it holds none. */
export function getNftRule({ context, tokens }: NftStatement): NftToken[] {
  if (context === 'chain') {
    return DECLARATIONS.includes(tokens[0]?.text ?? '') ? [] : tokens;
  }
  return context === 'file' ? getRuleOfCommand(tokens) : [];
}

/** `add`, `insert` and `rule` may each be there or not. */
function getRuleOfCommand(tokens: NftToken[]): NftToken[] {
  const words = tokens.map(({ text }) => text);
  let start = ['add', 'insert'].includes(words[0] ?? '') ? 1 : 0;
  if (words[start] === 'rule') {
    start++;
  } else if (OTHERS.includes(words[start] ?? '')) {
    return [];
  }
  const body = tokens.slice(start + (FAMILIES.includes(words[start] ?? '') ? 3 : 2));
  return ['handle', 'position', 'index'].includes(body[0]?.text ?? '') ? body.slice(2) : body;
}
