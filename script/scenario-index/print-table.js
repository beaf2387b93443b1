/** A table in Markdown. */
export function printTable(heads, rows) {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n');
}

function escape(text) {
  return `${text ?? ''}`.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
