/** Line and column of an offset. Lines end as in momoa: at LF, CR and CRLF. */
export function toPosition(text, offset) {
    let line = 1;
    let start = 0;
    for (const end of text.matchAll(/\r\n|\r|\n/g)) {
        const next = end.index + end[0].length;
        if (next > offset) {
            break;
        }
        line++;
        start = next;
    }
    return { line, column: offset - start + 1 };
}
