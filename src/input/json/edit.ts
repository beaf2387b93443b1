import { applyEdits, findNodeAtLocation, findNodeAtOffset, getNodePath, getNodeValue, modify, type Node, parseTree } from 'jsonc-parser';
import type { Position } from '../../model/diagnostic.js';
import { isObject } from './document.js';

/** A value in a JSON text that can be replaced, with its text and place. */
export interface JsonValue {
  /** The keys and indices that lead to it. */
  path: (string | number)[];
  position: Position;
  value: unknown;
  text: string;
}

/**
 * The value that begins at a position, or the value of one of its keys. undefined if no value begins there, or if it has no such key.
 *
 * @param text without syntax errors
 */
export function findValueAt(text: string, position: Position, key?: string): JsonValue | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const offset = toOffset(text, position);
  const node = root && findNodeAtOffset(root, offset);
  return node?.offset === offset ? toValue(text, key === undefined ? node : findNodeAtLocation(node, [key])) : undefined;
}

/** The value at the end of a path of keys and indices. */
export function findValue(text: string, path: (string | number)[]): JsonValue | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && toValue(text, findNodeAtLocation(root, path));
}

function toValue(text: string, node: Node | undefined): JsonValue | undefined {
  return (
    node && {
      path: getNodePath(node),
      position: toPosition(text, node.offset),
      value: getNodeValue(node),
      text: text.slice(node.offset, node.offset + node.length),
    }
  );
}

/**
 * Replaces a value. Comments and layout stay as they are. If the old and the new value are objects, only the keys that differ are touched,
 * so that comments between them stay too.
 */
export function replaceValue(text: string, { path, value: before }: Pick<JsonValue, 'path' | 'value'>, after: unknown): string {
  if (!isObject(before) || !isObject(after)) {
    return applyEdits(text, modify(text, path, after, {}));
  }
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const differing = Object.keys(before).filter((key) => before[key] !== after[key]);
  const withAdded = added.reduce((edited, key) => addMember(edited, path, key, after[key]), text);
  // A removal takes a comma with it, so each edit reads the text that the one before has left.
  return differing.reduce((edited, key) => applyEdits(edited, modify(edited, [...path, key], after[key], {})), withAdded);
}

/** Adds a member behind the first one, in its line. jsonc-parser would add it without a space. */
function addMember(text: string, path: (string | number)[], key: string, value: unknown): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const [first] = (root && findNodeAtLocation(root, path)?.children) ?? [];
  const end = first === undefined ? 0 : first.offset + first.length;
  return first === undefined
    ? applyEdits(text, modify(text, [...path, key], value, {}))
    : `${text.slice(0, end)}, ${JSON.stringify(key)}: ${JSON.stringify(value)}${text.slice(end)}`;
}

/** A line ends as in the parser. */
const LINE_END = /\r\n|\n|\r/g;

function toPosition(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(LINE_END);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function toOffset(text: string, { line, column }: Position): number {
  const ends = text.matchAll(LINE_END);
  let start = 0;
  for (let number = 1; number < line; number++) {
    const end = ends.next();
    if (end.done === true) {
      return text.length;
    }
    start = end.value.index + end.value[0].length;
  }
  return start + column - 1;
}
