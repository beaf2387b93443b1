/** So many columns a report may have. */
export const WIDTH = 110;
/** Breaks a text into indented lines of a readable width, at spaces. Width does not depend on the terminal: the report is a function of the result. */
export function wrap(text, indent) {
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        if (line !== '' && line.length + 1 + word.length > WIDTH) {
            lines.push(line);
            line = word;
        }
        else {
            line = line === '' ? word : `${line} ${word}`;
        }
    }
    return [...lines, line].map((part) => indent + part).join('\n');
}
