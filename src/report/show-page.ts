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
