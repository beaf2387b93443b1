import type { MemberNode, ValueNode } from '@humanwhocodes/momoa';
import type { Position } from '../model/diagnostic.js';
import type { JsonNode } from './json-node.js';

/** Where everything stands, from momoa's tree. */
export function readMomoaNodes(node: ValueNode): JsonNode {
  const position = getPosition(node);
  switch (node.type) {
    case 'Array':
      return { kind: 'array', position, items: node.elements.map(({ value }) => readMomoaNodes(value)) };
    case 'Object': {
      const members = node.members.map(({ name, value }) => ({
        key: getKey(name),
        position: getPosition(name),
        value: readMomoaNodes(value),
      }));
      return { kind: 'object', position, members };
    }
    default:
      return { kind: 'plain', position };
  }
}

function getPosition({ loc }: ValueNode | MemberNode['name']): Position {
  return { line: loc.start.line, column: loc.start.column };
}

/** The name of a member; an identifier is JSON5's and does not occur. */
function getKey(name: MemberNode['name']): string {
  return name.type === 'String' ? name.value : name.name;
}
