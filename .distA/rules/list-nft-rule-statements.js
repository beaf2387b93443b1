import { splitNftStatements } from './split-nft-statements.js';
import { tokenizeNft } from './tokenize-nft.js';
const COMMANDS = ['add', 'insert', 'create'];
const FAMILIES = ['ip', 'ip6', 'inet'];
/** What a chain's braces hold besides rules. */
const DECLARATIONS = ['type', 'policy', 'comment', 'flags'];
/** The rules of an nft file, each with its words: as they stand in a chain's braces, or behind `add rule inet filter input`. */
export function listNftRuleStatements(file) {
    return splitNftStatements(tokenizeNft(file))
        .map(({ context, tokens }) => {
        if (context === 'chain') {
            return DECLARATIONS.includes(tokens[0]?.text ?? '') ? [] : tokens;
        }
        return context === 'file' ? getRuleOfCommand(tokens) : [];
    })
        .filter((tokens) => tokens.length > 0);
}
function getRuleOfCommand(tokens) {
    const words = tokens.map(({ text }) => text);
    const start = COMMANDS.includes(words[0] ?? '') ? 1 : 0;
    if (words[start] !== 'rule') {
        return [];
    }
    const body = tokens.slice(start + (FAMILIES.includes(words[start + 1] ?? '') ? 4 : 3));
    return ['handle', 'position', 'index'].includes(body[0]?.text ?? '') ? body.slice(2) : body;
}
