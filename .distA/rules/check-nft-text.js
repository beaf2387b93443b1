import { checkNftTables } from './check-nft-tables.js';
import { listNftKeywords } from './list-nft-keywords.js';
import { nameCharacter } from './name-character.js';
import { REFUSED_NFT_WORDS } from './refused-nft-words.js';
import { splitNftStatements } from './split-nft-statements.js';
import { tokenizeNft } from './tokenize-nft.js';
/**
 * Finds what loopfw must not give to nft: what reaches outside a world, what would hide packets from the trace, and what is not
 * whole. Whether the rest makes sense, nft itself says when it is given the rules. By line and column.
 */
export function checkNftText(text) {
    const tokens = tokenizeNft(text);
    const statements = splitNftStatements(tokens);
    return [...tokens.flatMap(checkToken), ...checkBraces(tokens), ...statements.flatMap(checkPhrases), ...checkNftTables(statements)].sort((a, b) => a.line - b.line || a.column - b.column);
}
function checkToken(token) {
    if (token.kind === 'unclosed') {
        return [at(token, 'the string that begins here has no end')];
    }
    const control = /[\0-\x08\x0b-\x1f\x7f]/.exec(token.text);
    if (control !== null) {
        return [at(token, `what begins here has the control character ${nameCharacter(control[0])}`)];
    }
    const refused = listNftKeywords(token).find((word) => Object.hasOwn(REFUSED_NFT_WORDS, word));
    return refused === undefined ? [] : [at(token, `${refused} is refused: ${REFUSED_NFT_WORDS[refused]}`)];
}
function checkBraces(tokens) {
    const open = [];
    const problems = [];
    for (const token of tokens) {
        if (token.kind === '{') {
            open.push(token);
        }
        else if (token.kind === '}' && open.pop() === undefined) {
            problems.push(at(token, 'nothing opened what this brace closes'));
        }
    }
    return [...problems, ...open.map((token) => at(token, 'the brace that opens here is never closed'))];
}
/** What is refused in company only: a rule may ask for the helper of a connection, and log. */
function checkPhrases({ context, tokens }) {
    const isObject = context !== 'chain' && !tokens.slice(0, 2).some(({ text }) => text === 'rule');
    return tokens.flatMap((token, place) => {
        const [before, after] = [tokens[place - 1]?.text, tokens[place + 1]?.text];
        if (token.text === 'helper' && before === 'ct' && (isObject || after === 'set')) {
            return [at(token, 'ct helper is refused: it has the kernel load a module for the whole machine')];
        }
        return token.text === 'audit' && before === 'level'
            ? [at(token, 'log level audit is refused: it writes to the audit log of the whole machine')]
            : [];
    });
}
function at({ line, column }, message) {
    return { line, column, message };
}
