import { splitNftStatements, type NftStatement } from './split-nft-statements.js';
import { tokenizeNft, type NftToken } from './tokenize-nft.js';

const FAMILIES = ['ip', 'ip6', 'inet'];
/** The first words of statements in a chain that are not rules. */
const DECLARATIONS = ['type', 'policy', 'comment', 'flags', 'define', 'redefine', 'undefine'];
/** The first words of commands that add no rule. Without such a word, `inet filter input …` adds a rule. */
const OTHERS = [
  ...['table', 'chain', 'set', 'map', 'element', 'flowtable', 'counter', 'quota', 'ct', 'limit', 'secmark', 'synproxy'],
  ...['replace', 'create', 'delete', 'destroy', 'get', 'list', 'reset', 'flush', 'rename', 'import', 'export', 'monitor', 'describe'],
  ...['include', 'define', 'redefine', 'undefine'],
];

/** The rules of an nft file, each as a list of words. A rule is in the braces of a chain, or follows `add rule inet filter input`. */
export function listNftRuleStatements(file: string): NftToken[][] {
  return splitNftStatements(tokenizeNft(file))
    .map(getNftRule)
    .filter((tokens) => tokens.length > 0);
}

/** The words of the rule in a statement. Empty if the statement is no rule. */
export function getNftRule({ context, tokens }: NftStatement): NftToken[] {
  if (context === 'chain') {
    return DECLARATIONS.includes(tokens[0]?.text ?? '') ? [] : tokens;
  }
  return context === 'file' ? getRuleOfCommand(tokens) : [];
}

/** The words of the rule in a command. `add`, `insert` and `rule` are optional. */
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
