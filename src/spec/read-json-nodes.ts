import type { Position } from '../model/diagnostic.js';
import type { JsonMember, JsonNode } from './json-node.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const END_OF_ARRAY = 0x5d;
const END_OF_OBJECT = 0x7d;

/** Where everything stands in a text that JSON.parse has taken. A tenth of momoa's time, which is what counts with 10,000 rules. */
export function readJsonNodes(text: string): JsonNode {
  return new NodeReader(text).readValue();
}

class NodeReader {
  readonly #text: string;
  #offset = 0;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(): JsonNode {
    this.#skipSpace();
    const position = this.#getPosition();
    switch (this.#text[this.#offset]) {
      case '{':
        return { kind: 'object', position, members: this.#readMembers() };
      case '[':
        return { kind: 'array', position, items: this.#readItems() };
      case '"':
        this.#skipString();
        return { kind: 'plain', position };
      default:
        this.#skipWord();
        return { kind: 'plain', position };
    }
  }

  #readItems(): JsonNode[] {
    const items: JsonNode[] = [];
    while (this.#hasMore(END_OF_ARRAY)) {
      items.push(this.readValue());
    }
    return items;
  }

  #readMembers(): JsonMember[] {
    const members: JsonMember[] = [];
    while (this.#hasMore(END_OF_OBJECT)) {
      const position = this.#getPosition();
      const key = this.#readKey();
      this.#skipSpace();
      this.#offset++; // the colon
      members.push({ key, position, value: this.readValue() });
    }
    return members;
  }

  /** Goes to the next part, past the opening bracket or the comma before it; or past the bracket at the end. */
  #hasMore(end: number): boolean {
    this.#skipSpace();
    const isEnd = this.#text.charCodeAt(this.#offset++) === end;
    if (isEnd) {
      return false;
    }
    this.#skipSpace();
    const isEmpty = this.#text.charCodeAt(this.#offset) === end;
    this.#offset += isEmpty ? 1 : 0;
    return !isEmpty;
  }

  #readKey(): string {
    const start = this.#offset;
    this.#skipString();
    const quoted = this.#text.slice(start, this.#offset);
    return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  }

  #skipString(): void {
    for (this.#offset++; this.#text.charCodeAt(this.#offset) !== QUOTE; this.#offset++) {
      if (this.#text.charCodeAt(this.#offset) === BACKSLASH) {
        this.#offset++;
      }
    }
    this.#offset++;
  }

  /** A number, true, false or null. */
  #skipWord(): void {
    for (; this.#offset < this.#text.length; this.#offset++) {
      const code = this.#text.charCodeAt(this.#offset);
      if (code <= SPACE || code === COMMA || code === COLON || code === END_OF_ARRAY || code === END_OF_OBJECT) {
        return;
      }
    }
  }

  #skipSpace(): void {
    for (; this.#text.charCodeAt(this.#offset) <= SPACE; this.#offset++) {
      const code = this.#text.charCodeAt(this.#offset);
      const isEnd = code === LINE_FEED || (code === CARRIAGE_RETURN && this.#text.charCodeAt(this.#offset + 1) !== LINE_FEED);
      if (isEnd) {
        this.#line++;
        this.#lineStart = this.#offset + 1;
      }
    }
  }

  #getPosition(): Position {
    return { line: this.#line, column: this.#offset - this.#lineStart + 1 };
  }
}
