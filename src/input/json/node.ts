import type { Position } from '../../model/diagnostic.js';

/** A value of a JSON text: its position, and the nodes of its parts. */
export type JsonNode = { kind: 'plain'; position: Position } | JsonArrayNode | JsonObjectNode;

export interface JsonArrayNode {
  kind: 'array';
  position: Position;
  items: JsonNode[];
}

export interface JsonObjectNode {
  kind: 'object';
  position: Position;
  /** In the order of the text. One key can occur twice. */
  members: JsonMember[];
}

interface JsonMember {
  key: string;
  /** The position of the key. */
  position: Position;
  value: JsonNode;
}

/** Appends a key or an index to a JSON pointer (RFC 6901). */
export function joinPointer(pointer: string, key: string | number): string {
  return typeof key === 'number' ? `${pointer}/${key}` : `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/**
 * The position of the value of a JSON pointer, or of its key. If a key occurs twice, the last one counts, as in JSON.parse. If the pointer
 * leads to nothing, the result is the position of the last value on the way.
 */
export function locatePointer(root: JsonNode, pointer: string, at: 'value' | 'key' = 'value'): Position {
  let node = root;
  let member: JsonMember | undefined;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    member = node.kind === 'object' ? node.members.findLast((own) => own.key === key) : undefined;
    const next = node.kind === 'array' ? node.items[Number(key)] : member?.value;
    if (next === undefined) {
      break;
    }
    node = next;
  }
  return (at === 'key' && member !== undefined ? member : node).position;
}
