import { createScanner, findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';

type Path = (string | number)[];

/** How deep a level is indented where the text does not show it. */
const INDENT = '  ';

/**
 * Adds an item behind the last one of an array, or a member behind the last one of an object. Comments and layout stay as they are: items in
 * lines of their own get a further line, items in one line are followed there.
 *
 * @param text without syntax errors
 * @param printed the item, or the member with its key
 * @param behind the key of the member that it follows, instead of the last one
 */
export function insert(text: string, path: Path, printed: string, behind?: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const parent = root && findNodeAtLocation(root, path);
  if (parent === undefined) {
    throw new RangeError(`no value at ${JSON.stringify(path)}`);
  }
  const children = parent.children ?? [];
  const last = children.findLast((child) => behind === undefined || getKey(child) === behind) ?? children.at(-1);
  return last === undefined ? fill(text, parent, printed) : insertBehind(text, parent, last, printed);
}

/** The first item of an empty array or object. */
function fill(text: string, { offset, length }: Node, printed: string): string {
  const inside = text.slice(offset + 1, offset + length - 1).trimEnd();
  const indent = getIndent(text, offset);
  const end = getLineEnd(text);
  const lines = `${inside}${end}${indent}${INDENT}${printed}${end}${indent}`;
  return `${text.slice(0, offset + 1)}${lines}${text.slice(offset + length - 1)}`;
}

function insertBehind(text: string, parent: Node, child: Node, printed: string): string {
  const end = child.offset + child.length;
  const { comma, isLast, lineEnd } = scanBehind(text, end, parent.offset + parent.length);
  const [first = child] = parent.children ?? [];
  const ownLine = /[\r\n]/.test(text.slice(parent.offset, first.offset));
  const withComma = comma === null ? `${text.slice(0, end)},${text.slice(end)}` : text;
  const shift = comma === null ? 1 : 0;
  // A comma in a later line than its value is followed there.
  const isAlone = ownLine && lineEnd !== null && (comma === null || comma < lineEnd);
  const at = isAlone ? lineEnd + shift : (comma ?? end) + 1;
  // A trailing comma stays one.
  const trailing = isLast && comma === null ? '' : ',';
  const lead = isAlone ? `${getLineEnd(text)}${getIndent(text, first.offset)}` : ' ';
  return `${withComma.slice(0, at)}${lead}${printed}${trailing}${withComma.slice(at)}`;
}

/** What comes behind a value: its comma, whether it is the last one, and the end of its line, if nothing else is in it. */
function scanBehind(text: string, start: number, end: number): { comma: number | null; isLast: boolean; lineEnd: number | null } {
  const scanner = createScanner(text, false);
  scanner.setPosition(start);
  let comma: number | null = null;
  let lineEnd: number | null = null;
  for (scanner.scan(); scanner.getTokenOffset() < end - 1; scanner.scan()) {
    const offset = scanner.getTokenOffset();
    const token = text.slice(offset, offset + scanner.getTokenLength());
    if (token === ',') {
      comma ??= offset;
    } else if (/^[\r\n]/.test(token)) {
      lineEnd ??= offset;
    } else if (!/^(?:\s|\/[/*])/.test(token)) {
      return { comma, isLast: false, lineEnd };
    }
  }
  return { comma, isLast: true, lineEnd };
}

/** The blanks at the beginning of the line. */
function getIndent(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
}

function getLineEnd(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

function getKey(member: Node): unknown {
  return member.type === 'property' ? member.children?.[0]?.value : undefined;
}
