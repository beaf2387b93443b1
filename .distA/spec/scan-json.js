const DEEPEST = 64;
// momoa needs some 360 bytes for each value; fifty thousand rules of ten keys have half as many.
const MOST_VALUES = 1_000_000;
/**
 * Finds what momoa would not survive or not see: nesting that is too deep, more values than memory, control
 * characters and line ends inside of strings. Comments are blanked because momoa recurses once for each
 * of a row of comments.
 */
export function scanJson(text) {
    const open = [];
    let blanked = '';
    let copied = 0;
    let values = 0;
    const fail = (offset, message) => ({ text, open, problem: { offset, message } });
    for (let i = 0; i < text.length; i++) {
        switch (text[i]) {
            case '"': {
                const end = getStringEnd(text, i);
                if (end.problem !== null) {
                    return fail(end.offset, end.problem);
                }
                i = end.offset;
                break;
            }
            case '/': {
                const end = getCommentEnd(text, i);
                if (end === null) {
                    return fail(i, 'the comment is never closed');
                }
                blanked += text.slice(copied, i) + text.slice(i, end).replace(/[^\r\n]/g, ' ');
                copied = end;
                if (end > i) {
                    i = end - 1;
                }
                break;
            }
            case '[':
            case '{':
                if (open.push(i) > DEEPEST) {
                    return fail(i, `nested more than ${DEEPEST} levels deep`);
                }
                values++;
                break;
            case ']':
            case '}':
                open.pop();
                break;
            case ',':
                if (++values > MOST_VALUES) {
                    return fail(i, `more than ${MOST_VALUES} values`);
                }
                break;
        }
    }
    return { text: blanked + text.slice(copied), open, problem: null };
}
/** Offset of the closing quote; or of what is wrong. */
function getStringEnd(text, start) {
    for (let i = start + 1; i < text.length; i++) {
        const character = text[i];
        if (character === '"') {
            return { offset: i, problem: null };
        }
        if (character === '\n' || character === '\r') {
            break;
        }
        if (character < ' ') {
            return { offset: i, problem: 'a control character in a string: write it as an escape, such as \\t' };
        }
        if (character === '\\') {
            i++;
        }
    }
    return { offset: start, problem: 'the string is not closed on its line' };
}
/** Offset after the comment; the start again where there is none; null where it has no end. */
function getCommentEnd(text, start) {
    if (text[start + 1] === '/') {
        const length = text.slice(start).search(/[\r\n]/);
        return length < 0 ? text.length : start + length;
    }
    if (text[start + 1] !== '*') {
        return start;
    }
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? null : end + 2;
}
