import type { MemberNode, ValueNode } from '@humanwhocodes/momoa';
import type { Position } from '../model/diagnostic.js';

/** A JSON pointer's last step (RFC 6901). */
export function joinPointer(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Where the value of a pointer stands, or its key. Of a key that is written twice the last is meant, as in JSON.parse. */
export function locatePointer(root: ValueNode, pointer: string, at: 'value' | 'key' = 'value'): Position {
  let node = root;
  let member: MemberNode | undefined;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    member = node.type === 'Object' ? node.members.findLast(({ name }) => getKey(name) === key) : undefined;
    const next = node.type === 'Array' ? node.elements[Number(key)]?.value : member?.value;
    if (next === undefined) {
      break;
    }
    node = next;
  }
  const { line, column } = (at === 'key' && member !== undefined ? member.name : node).loc.start;
  return { line, column };
}

/** The name of a member; an identifier is JSON5's and does not occur. */
export function getKey(name: MemberNode['name']): string {
  return name.type === 'String' ? name.value : name.name;
}
