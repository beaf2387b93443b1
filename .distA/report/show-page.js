const INDENT = '    ';
/** A page of the documentation for a terminal: headings bold, code indented, of a link only its text. */
export function showPage(markdown, paint) {
    let isCode = false;
    const lines = markdown.split('\n').flatMap((line) => {
        if (line.startsWith('```')) {
            isCode = !isCode;
            return [];
        }
        return [isCode ? `${INDENT}${line}`.trimEnd() : showProse(line, paint)];
    });
    return `${lines.join('\n').trim()}\n`;
}
function showProse(line, { bold }) {
    const text = line.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
    return /^#+ /.test(text) ? bold(text) : text.replace(/\*\*(.+?)\*\*/g, (_, strong) => bold(strong));
}
