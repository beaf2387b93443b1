/** The part of a page below one of its headings, with it: up to the next heading of its level or above. Empty where there is none. */
export function getSection(markdown, heading) {
    const lines = markdown.split('\n');
    const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
    if (start === -1) {
        return '';
    }
    const level = lines[start].indexOf(' ');
    const length = lines.slice(start + 1).findIndex((line) => isHeading(line) && line.indexOf(' ') <= level);
    return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}
/** The first line of text below the first heading: what a page says in one sentence. */
export function getSummary(markdown) {
    return markdown.split('\n').find((line) => line !== '' && !isHeading(line)) ?? '';
}
function isHeading(line) {
    return /^#+ /.test(line);
}
