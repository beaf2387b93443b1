/** nft's own scanner: a string has no escapes and may hold line breaks, a comment ends with its line, a backslash joins lines. */
const PIECE = /(?<blank>(?:[ \t\r]|\\\r?\n|#.*)+)|"(?<string>[^"]*)(?<quote>"?)|(?<end>[;\n])|(?<sign>[{},])|(?<word>(?:[^\s"#;{},\\]|\\(?!\r?\n))+)/y;
/** Cuts the text of an nft file into words, strings, braces, commas and ends of statements; comments are left out. */
export function tokenizeNft(text) {
    const tokens = [];
    let [line, start] = [1, 0];
    PIECE.lastIndex = 0;
    while (PIECE.lastIndex < text.length) {
        const at = PIECE.lastIndex;
        const match = PIECE.exec(text);
        if (match === null) {
            // What no piece begins with is blank to nobody: a control character, which is a word of its own.
            PIECE.lastIndex = at + 1;
        }
        const found = match?.[0] ?? text.charAt(at);
        const token = match === null ? { kind: 'word', text: found } : toToken(match.groups ?? {});
        if (token !== null) {
            tokens.push({ ...token, line, column: at - start + 1 });
        }
        for (let end = found.indexOf('\n'); end !== -1; end = found.indexOf('\n', end + 1)) {
            line++;
            start = at + end + 1;
        }
    }
    return tokens;
}
function toToken({ blank, string, quote, end, sign, word }) {
    if (blank !== undefined) {
        return null;
    }
    if (string !== undefined) {
        return { kind: quote === '' ? 'unclosed' : 'string', text: string };
    }
    if (sign !== undefined) {
        return { kind: sign, text: sign };
    }
    return end === undefined ? { kind: 'word', text: word ?? '' } : { kind: 'end', text: end };
}
