import type { Position } from '../model/diagnostic.js';

/** Where the parts of a JSON text stand. */
export type JsonNode = { kind: 'plain'; position: Position } | JsonArrayNode | JsonObjectNode;

export interface JsonArrayNode {
  kind: 'array';
  position: Position;
  items: JsonNode[];
}

export interface JsonObjectNode {
  kind: 'object';
  position: Position;
  /** In the order of the text; one key may be there twice. */
  members: JsonMember[];
}

export interface JsonMember {
  key: string;
  /** Of the key. */
  position: Position;
  value: JsonNode;
}
