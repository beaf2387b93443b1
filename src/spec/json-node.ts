import type { Position } from '../model/diagnostic.js';

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

export interface JsonMember {
  key: string;
  /** The position of the key. */
  position: Position;
  value: JsonNode;
}
