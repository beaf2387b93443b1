const COMMENT_COLUMNS = 120;

/** JSON on one line, with blanks as in a scenario. */
export function printInline(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printInline).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}: ${printInline(each)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}

/** A key of the world. An object with objects in it has a line for each. */
export function printMember(key: string, value: unknown): string[] {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return members.some(([, each]) => typeof each === 'object')
    ? printMap(
        key,
        members,
        ([name]) => name,
        ([, each]) => each as unknown,
      )
    : [`  "${key}": ${printInline(value)},`];
}

/** An object with a line for each of its members, and comments behind or above them. */
export function printMap<Item>(
  key: string,
  items: Item[],
  getName: (item: Item) => string,
  write: (item: Item) => unknown,
  getComment: (item: Item) => string | null = () => null,
): string[] {
  const lines = items.map((item, place) => {
    const comment = getComment(item);
    const comma = place === items.length - 1 ? '' : ',';
    const line = `    ${JSON.stringify(getName(item))}: ${printInline(write(item))}${comma}`;
    const whole = comment === null ? line : `${line} // ${makePlain(comment)}`;
    return whole.length <= COMMENT_COLUMNS || comment === null ? [whole] : [...printComment(comment, '    '), line];
  });
  return lines.length === 0 ? [] : [`  "${key}": {`, ...lines.flat(), '  },'];
}

/** A comment in lines that fit a terminal. */
export function printComment(text: string, indent = '  '): string[] {
  const lines: string[] = [];
  // A name and its port in parentheses stay together.
  for (const word of makePlain(text).split(/ (?!\()/)) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= COMMENT_COLUMNS) {
      lines.push(`${indent}//${lines.length === 0 ? '' : '  '} ${word}`);
    } else {
      lines[lines.length - 1] = `${line} ${word}`;
    }
  }
  return lines;
}

/** Removes what would end a comment. */
export function makePlain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}
