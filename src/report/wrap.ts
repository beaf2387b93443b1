/** The most columns of a report. */
export const WIDTH = 110;

/**
 * Breaks a text at spaces into indented lines of a readable width. The width does not depend on the terminal, because a report is a
 * function of the result only.
 */
export function wrap(text: string, indent: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].map((part) => indent + part).join('\n');
}
