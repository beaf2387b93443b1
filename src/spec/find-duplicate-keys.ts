import { quote } from '../words/phrases.js';
import type { JsonNode } from './json-node.js';
import { joinPointer } from './locate-pointer.js';
import type { ProblemList } from './problem-list.js';

/** Reports every key that an object has already had, where it stands again: JSON.parse would forget the first. */
export function findDuplicateKeys(node: JsonNode, problems: ProblemList, pointer = ''): void {
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) {
      if (item.kind !== 'plain') {
        findDuplicateKeys(item, problems, joinPointer(pointer, index));
      }
    }
  } else if (node.kind === 'object') {
    const first = new Map<string, number>();
    for (const { key, position, value } of node.members) {
      const line = first.get(key);
      if (line === undefined) {
        first.set(key, position.line);
      } else {
        problems.addAt(position, joinPointer(pointer, key), `duplicate key ${quote(key)}: the first is on line ${line}`);
      }
      if (value.kind !== 'plain') {
        findDuplicateKeys(value, problems, joinPointer(pointer, key));
      }
    }
  }
}
