import type { Position } from '../model/diagnostic.js';
import type { JsonMember, JsonNode } from './json-node.js';

/** A JSON pointer's last step (RFC 6901). */
export function joinPointer(pointer: string, key: string | number): string {
  return typeof key === 'number' ? `${pointer}/${key}` : `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Where the value of a pointer stands, or its key. Of a key that is written twice the last is meant, as in JSON.parse. */
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
