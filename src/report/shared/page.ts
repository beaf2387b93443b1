import type { Paint } from './paint.js';

const INDENT = '    ';

/** A page of the documentation for a terminal: bold headings, indented code, and links without their targets. */
export function showPage(markdown: string, paint: Paint): string {
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

function showProse(line: string, { bold }: Paint): string {
  const text = line.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
  return /^#+ /.test(text) ? bold(text) : text.replace(/\*\*(.+?)\*\*/g, (_, strong: string) => bold(strong));
}

/** A heading of a page and the text below it, up to the next heading of the same or a higher level. Empty if the heading does not exist. */
export function getSection(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  if (start === -1) {
    return '';
  }
  const level = lines[start]!.indexOf(' ');
  const length = lines.slice(start + 1).findIndex((line) => isHeading(line) && line.indexOf(' ') <= level);
  return lines.slice(start, length === -1 ? undefined : start + 1 + length).join('\n');
}

/** The first line of text that is not a heading: the summary of a page. */
export function getSummary(markdown: string): string {
  return markdown.split('\n').find((line) => line !== '' && !isHeading(line)) ?? '';
}

function isHeading(line: string): boolean {
  return /^#+ /.test(line);
}
