/** JSON in one line, as people write it: `{ "from": "127.0.0.1", "ports": [80, 443] }`. */
export function printInlineJson(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printInlineJson).join(', ')}]`;
  }
  const members = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return members.length === 0
    ? JSON.stringify(value)
    : `{ ${members.map(([key, own]) => `${JSON.stringify(key)}: ${printInlineJson(own)}`).join(', ')} }`;
}
